import { operations } from "#domain/domain.js";
import { refusalsOf } from "#kernel/refusals.js";
import { Refusals } from "./refusals.js";

// What the documents tell of a change's refusals, against what its rule can say.

/** Told of every change, or answered as if there were no such record. */
const elsewhere = ["BeforeItsBeginning", "NotRelated"];
const refusals = new Refusals();
const changes = operations.flatMap((each) =>
  each.kind === "mutation" && each.input && each.tag !== "projections" && each.name !== "bringIn" ? [[each.name, each.input] as const] : [],
);

test.each(changes)("%s names every code with which its rule may refuse, and no other", (name, request) => {
  const required = refusals.of(name).filter((code) => !elsewhere.includes(code));
  expect([...refusalsOf(request)].toSorted()).toEqual(required);
});

test("there are changes, and rules that refuse", () => {
  expect(changes.length).toBeGreaterThan(40);
  expect(refusals.of("withdrawConsent")).toEqual(["BeforeItsBeginning", "ConsentUnknown"]);
});
