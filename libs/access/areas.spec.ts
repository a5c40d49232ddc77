import * as fc from "fast-check";
import { areas, inTheShelter, shown, theShelter, type Area, type AreasOf, type Sees } from "./areas.js";

const here = "5b1d3c1e-0000-4000-8000-000000000001";
const elsewhere = "5b1d3c1e-0000-4000-8000-000000000002";
/** Somebody who sees these areas, and what concerns the shelter here. */
const seeing =
  (...seen: Area[]): Sees =>
  (area, named) =>
    seen.includes(area) || named?.shelter === here;

const person = { sex: "Female", region: "Kigoma", stay: { shelter: elsewhere, stay: "s-1" }, findings: [{ act: "Receipt", note: "x" }] };
const declared: AreasOf<typeof person> = {
  sex: "demographic",
  region: "case",
  stay: inTheShelter,
  findings: { act: "screening", note: "narrative" },
};

test("of a value only the fields are told that may be seen, down to those in lists", () => {
  expect(shown(person, declared, seeing("case"))).toEqual({ region: "Kigoma", stay: null, findings: [{}] });
  expect(shown(person, declared, seeing("demographic", "screening"))).toEqual({
    sex: "Female",
    stay: null,
    findings: [{ act: "Receipt" }],
  });
});

test("where she is, is for the staff of that house, and to everybody else looks as if she were nowhere", () => {
  expect(shown({ shelter: here, stay: "s-1" }, inTheShelter, seeing())).toEqual({ shelter: here, stay: "s-1" });
  expect(shown({ shelter: elsewhere, stay: "s-1" }, inTheShelter, seeing())).toBeNull();
  expect(shown(null, inTheShelter, seeing())).toBeNull();
  expect([here, elsewhere].map((shelter) => shown(shelter, theShelter, seeing()))).toEqual([here, null]);
});

test("what was stored and nobody declared is for nobody, whatever it is called", () => {
  const stored = JSON.parse('{"region":"Kigoma","later":1,"constructor":"x","__proto__":{"sex":"Female"}}') as object;
  expect(shown(stored, declared, () => true)).toEqual({ region: "Kigoma" });
  expect(shown("anything", undefined, () => true)).toBeUndefined();
});

test("whoever may see nothing is told nothing, and who may see all is told all", () =>
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(...areas), (value, area) => {
      const each = Object.fromEntries(Object.keys(value).map((name) => [name, area]));
      expect(shown(value, each, () => false)).toEqual({});
      expect(Object.keys(shown(value, each, () => true) as object)).toEqual(Object.keys(value));
      expect(shown(value, area, (asked) => asked !== area)).toBeUndefined();
    }),
  ));
