import canonicalize from "canonicalize";
import * as fc from "fast-check";
import { canonical } from "./canonical.js";

const keys = fc.oneof(
  fc.string(),
  fc.constantFrom(
    "0",
    "9",
    "10",
    "01",
    "4294967294",
    "4294967295",
    "42949672950",
    "4a",
    "0.1",
    "__proto__",
    "constructor",
    "toJSON",
    "$a",
    "é",
    "€",
    "\u{1f600}",
    "\r",
  ),
);
const { value: json } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(null, true, false, undefined),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.string({ unit: "binary" }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(keys, tie("value"), { maxKeys: 5 }),
  ),
}));

test("it is what the library says, of whatever a fact may hold", () =>
  fc.assert(
    fc.property(fc.dictionary(keys, json, { maxKeys: 6 }), (value) => {
      expect(canonical(value)).toBe(canonicalize(value));
    }),
    { numRuns: 3_000 },
  ));

test.each([
  ["keys in their order by UTF-16", { b: 1, a: 2, "\u{1f600}": 3, "\ufb33": 4 }, '{"a":2,"b":1,"\u{1f600}":3,"\ufb33":4}'],
  ["keys that look like indexes as texts", { 9: 1, 10: 2, a: 3 }, '{"10":2,"9":1,"a":3}'],
  ["a key that would set a prototype", JSON.parse('{"b":1,"__proto__":{"a":2}}'), '{"__proto__":{"a":2},"b":1}'],
  ["nothing where a field has no value", { a: undefined, b: [undefined] }, '{"b":[null]}'],
  ["a date as it writes itself", { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
  ["a backslash before letters as what it is", { a: "\\ud800" }, '{"a":"\\\\ud800"}'],
])("it writes %s", (_, value: object, text) => expect(canonical(value)).toBe(text));

test.each([
  ["half a surrogate pair", { a: "\ud800" }],
  ["a number that is none", { a: [Number.NaN] }],
  ["a number without end", { a: { b: Infinity } }],
])("it refuses %s", (_, value) => expect(() => canonical(value)).toThrow());
