import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { breaks, formsOfToday, type Form } from "./forms.js";

// What a fact looks like is stored with its sample: a change that could not read what was written before fails here.

interface Sample {
  readonly type: string;
  readonly schema: number;
  readonly data: object;
  readonly form: Form;
}
const forms = formsOfToday();
const samples = globSync(join(import.meta.dirname, "*", "*.json")).map((file) => JSON.parse(readFileSync(file, "utf8")) as Sample);
const newest = new Map(samples.toSorted((one, other) => one.schema - other.schema).map((sample) => [sample.type, sample]));

test("every fact that has a sample is still written by some topic, and the other way round", () =>
  expect([...newest.keys()].toSorted()).toEqual([...forms.keys()].toSorted()));

describe.each([...newest])("%s", (type, { form }) => {
  test("still reads what was written in its stored form", () => expect(breaks(form, forms.get(type)!)).toEqual([]));
  test("has its form of today stored (npm run samples)", () => expect(forms.get(type)).toEqual(form));
});

test.each(samples.map((sample) => [`${sample.type}.v${sample.schema}`, sample] as const))("%s is of its own stored form", (_, sample) => {
  const validate = new Ajv({ strict: false }).compile(sample.form["properties"].data);
  expect(validate(sample.data) ? [] : validate.errors).toEqual([]);
});

describe("what breaks a stored fact", () => {
  const form = (properties: object, required: string[] = []): Form => ({ type: "object", properties, required });
  const text = { type: "string" };
  test.each([
    ["a field that is gone", form({ a: text }), form({}), ".a: is gone"],
    ["a field that is required now", form({}), form({ a: text }, ["a"]), ".a: is required now"],
    ["another type", form({ a: text }), form({ a: { type: "number" } }), ".a: was string, is number"],
    [
      "a code that is gone",
      form({ a: { ...text, enum: ["x", "y"] } }),
      form({ a: { ...text, enum: ["x"] } }),
      '.a: "y" is no longer allowed',
    ],
    ["codes where there was any text", form({ a: text }), form({ a: { ...text, enum: ["x"] } }), ".a: may no longer be anything"],
    [
      "the same within a list",
      form({ a: { type: "array", items: text } }),
      form({ a: { type: "array", items: { type: "number" } } }),
      ".a[]: was string, is number",
    ],
  ])("%s", (_, older, newer, reason) => expect(breaks(older, newer)).toEqual([reason]));
  test.each([
    ["a field that may be left out", form({}), form({ a: text })],
    ["a field that may be left out from now on", form({ a: text }, ["a"]), form({ a: text })],
    ["one more code", form({ a: { ...text, enum: ["x"] } }), form({ a: { ...text, enum: ["x", "y"] } })],
  ])("not %s", (_, older, newer) => expect(breaks(older, newer)).toEqual([]));
});
