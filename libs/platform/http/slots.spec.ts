import * as fc from "fast-check";
import { Slots } from "./slots.js";

test("a person has so many, all together so many, and the answer says when to come back", () => {
  const places = new Slots({ each: 2, total: 3 });
  const leave = places.take("amina");
  places.take("amina");
  expect(() => places.take("amina")).toThrow(
    expect.objectContaining({ retryAfter: 10, problem: expect.objectContaining({ status: 429 }) }),
  );
  places.take("imani");
  expect(() => places.take("musa")).toThrow("Too many requests");
  leave();
  leave();
  places.take("musa");
  expect(() => places.take("lulu")).toThrow("Too many requests");
});

test("whatever comes and goes, the limits hold, and all places are free again in the end", () => {
  const limits = { each: 3, total: 7 };
  const steps = fc.array(fc.record({ person: fc.constantFrom("a", "b", "c", "d"), leaves: fc.boolean() }));
  fc.assert(
    fc.property(steps, (all) => {
      const places = new Slots(limits);
      const taken: { person: string; leave: () => void }[] = [];
      for (const { person, leaves } of all) {
        if (leaves) taken.splice(0, 1)[0]?.leave();
        else {
          const own = taken.filter((each) => each.person === person).length;
          const full = own === limits.each || taken.length === limits.total;
          if (full) expect(() => places.take(person)).toThrow();
          else taken.push({ person, leave: places.take(person) });
        }
      }
      for (const { leave } of taken) leave();
      for (const person of ["x", "y"]) for (let each = 0; each < limits.each; each++) places.take(person);
    }),
  );
});
