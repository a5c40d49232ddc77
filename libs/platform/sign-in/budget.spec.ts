import fc from "fast-check";
import { Budget } from "./budget.js";

const clock = () => {
  let now = 1_000_000;
  return { now: () => now, pass: (milliseconds: number) => void (now += milliseconds) };
};
const tooMany = (seconds: number) => expect.objectContaining({ retryAfter: seconds, problem: expect.objectContaining({ status: 429 }) });

describe("a budget of 60 a minute", () => {
  test("is used up by 60 requests at once, and comes back one a second", () => {
    const time = clock();
    const budget = new Budget(60, time.now);
    for (let each = 0; each < 60; each++) budget.take("amina");
    expect(() => budget.take("amina")).toThrow(tooMany(1));
    time.pass(2_000);
    budget.take("amina");
    budget.take("amina");
    expect(() => budget.take("amina")).toThrow(tooMany(1));
  });

  test("of one person is no other's", () => {
    const budget = new Budget(60, clock().now);
    budget.charge("amina", 60);
    budget.take("imani");
  });

  test("pays for what cost more than was left before anything else is asked, for a minute at most", () => {
    const time = clock();
    const budget = new Budget(60, time.now);
    budget.charge("omari", 75);
    expect(() => budget.take("omari")).toThrow(tooMany(16));
    budget.charge("omari", 1_000_000);
    expect(() => budget.take("omari")).toThrow(tooMany(61));
    time.pass(61_000);
    budget.take("omari");
  });
});

test("whatever is asked and when, nobody gets more than a minute's worth at once and what came back since", () => {
  const steps = fc.array(fc.record({ after: fc.nat(5_000), cost: fc.integer({ min: 1, max: 5 }) }), { maxLength: 200 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), steps, (perMinute, all) => {
      const time = clock();
      const begin = time.now();
      const budget = new Budget(perMinute, time.now);
      let taken = 0;
      for (const { after, cost } of all) {
        time.pass(after);
        try {
          budget.take("one", cost);
          taken += cost;
        } catch {
          // Told to come back.
        }
        // The last one may have cost up to five where one was left.
        expect(taken).toBeLessThanOrEqual(perMinute + ((time.now() - begin) * perMinute) / 60_000 + 4.001);
      }
    }),
  );
});
