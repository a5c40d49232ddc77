import * as fc from "fast-check";
import { personalContent } from "./personal.js";

test("what is left out says nothing, what is null takes away, what is given is told", () => {
  expect(
    personalContent("s-1", { identity: { givenName: undefined }, contact: { phone: null, email: undefined }, legal: { matter: "x" } }),
  ).toEqual({
    personal: { "s-1": { legal: { matter: "x" } } },
    removed: ["contact"],
  });
});

test("of a record that is given, the fields that are null or empty are no part", () =>
  expect(personalContent("s-1", { identity: { givenName: "Example", familyName: null, otherNames: "" } })).toEqual({
    personal: { "s-1": { identity: { givenName: "Example" } } },
    removed: undefined,
  }));

test("a class is told, or removed, or stays, and never two of these", () => {
  const field = fc.constantFrom("text", "", null, undefined);
  const classes = fc.dictionary(fc.constantFrom("identity", "contact", "legal"), fc.dictionary(fc.constantFrom("a", "b"), field));
  fc.assert(
    fc.property(classes, (given) => {
      const { personal, removed = [] } = personalContent("s-1", given);
      for (const [name, fields] of Object.entries(given)) {
        const values = Object.values(fields).filter((value) => value !== undefined);
        expect(Object.hasOwn(personal?.["s-1"] ?? {}, name)).toBe(values.includes("text"));
        expect(removed.includes(name)).toBe(values.length > 0 && !values.includes("text"));
      }
    }),
  );
});
