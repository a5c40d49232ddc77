import { fold, given } from "#kernel/given.js";
import { access, recordDisclosure, type AccessFact } from "./disclosure.js";

const read = { subjects: ["s-1"], classes: ["identity"], purpose: "CaseManagement", route: "case" };
const disclosed: AccessFact = { type: "PersonalDataDisclosed", data: { ...read, by: "amina" } };
const denied: AccessFact = { type: "AccessDenied", data: { act: "read", on: "narrative", route: "case", by: "amina" } };

test("who saw what of whom, and why, is on record", () => given(access).when(recordDisclosure, read).then(disclosed));

test("seeing the same again is on record again", () => given(access, disclosed).when(recordDisclosure, read).then(disclosed));

test("where only some fields were shown, the record names them", () =>
  given(access)
    .when(recordDisclosure, { ...read, fields: ["phone"] })
    .then({ type: "PersonalDataDisclosed", data: { ...read, fields: ["phone"], by: "amina" } }));

test("nothing but what the record asks for gets into it", () =>
  given(access)
    .when(recordDisclosure, { ...read, name: "Example Person" } as typeof read)
    .then(disclosed));

test("how often a record was shown and refused can be told", () => {
  const happened = [disclosed, denied, disclosed].map((fact) => ({ fact, at: "2026-01-10T08:00:00.000Z" }));
  expect(fold(access, happened).disclosures).toEqual({ disclosed: 2, denied: 1 });
});
