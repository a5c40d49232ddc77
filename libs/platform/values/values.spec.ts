import fc from "fast-check";
import { bounds, isText, unheld } from "./values.js";

const told = (value: unknown) => unheld(value).map(({ field, code }) => [field, code]);
const nested = (depth: number): unknown => Array.from({ length: depth }).reduce<unknown>((inner) => ({ a: inner }), 1);

describe("what a request holds", () => {
  test("is anything within the bounds", () => {
    const request = { text: "Ämne 🏠", list: [1, null, true, "x".repeat(bounds.text)], deep: nested(bounds.depth - 1) };
    expect(told(request)).toEqual([]);
  });

  test.each([
    ["NUL", "a\0b"],
    ["the first half of a surrogate pair", "\ud83c"],
    ["the second half of one", "\udfe0 house"],
  ])("is no text with %s, by the name of its field", (_, text) => {
    expect(told({ bed: { code: text }, list: ["a", text] })).toEqual([
      ["bed.code", "notText"],
      ["list.1", "notText"],
    ]);
  });

  test("is no field whose name is no text, and the answer quotes none", () => {
    expect(told({ "a\0": 1 })).toEqual([["a\uFFFD", "notText"]]);
    expect(unheld({ ["\ud800".repeat(10_000)]: 1 })[0]!.field).toHaveLength(200);
  });

  test.each([
    ["numbers that are none", Number.POSITIVE_INFINITY, "notFinite"],
    ["too long a text", "x".repeat(bounds.text + 1), "tooLong"],
    ["too long a list", Array.from({ length: bounds.items + 1 }), "tooMany"],
    ["too many fields", Object.fromEntries(Array.from({ length: bounds.fields + 1 }, (_, each) => [`f${each}`, 1])), "tooManyFields"],
  ])("is not %s", (_, value, code) => expect(told({ field: value })).toEqual([["field", code]]));

  test("is not nested without end: it is not walked further than the bound", () => {
    const [error] = unheld(nested(100_000));
    expect(error).toMatchObject({ field: Array.from({ length: bounds.depth }, () => "a").join("."), code: "tooDeep" });
  });

  test("is not much of everything", () => {
    const many = Array.from({ length: bounds.items }, () => Array.from({ length: bounds.items }, () => 1));
    expect(told(many).map(([, code]) => code)).toEqual(["tooMuch"]);
  });

  test("is told wrong at most so often, however much is wrong", () => {
    const wrong = Array.from({ length: bounds.items }, () => "\0");
    expect(unheld(wrong)).toHaveLength(bounds.errors);
  });

  test("is read in a moment, whatever it is", () =>
    fc.assert(
      fc.property(fc.anything({ maxDepth: 12, maxKeys: 20 }), (value) => {
        expect(unheld(value).length).toBeLessThanOrEqual(bounds.errors);
      }),
      { numRuns: 200 },
    ));
});

test("a text is what JSON, UTF-8 and Postgres all hold", () =>
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => isText(text) === (text.isWellFormed() && !text.includes("\0")))));
