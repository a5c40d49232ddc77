import fc from "fast-check";
import { allows, may } from "./decide.js";
import { areas, policy } from "./policy.js";
import { roles } from "./roles.js";

const person = (role: string, shelter?: string) => ({ id: "p-1", role, shelter });
const personal = ["identity", "contact", "location", "narrative", "health", "psychosocial", "legal", "perpetrator", "safety"] as const;

test("a case manager reads and writes what her case needs", () => {
  expect(allows(person("shelter-case-manager"), may("write", "consent"))).toBe(true);
  expect(allows(person("shelter-case-manager"), may("read", "identity"))).toBe(true);
});
test("reading is not writing", () => expect(allows(person("shelter-manager"), may("write", "identity"))).toBe(false));
test("a shelter's address is for its own staff alone", () => {
  for (const role of roles) expect(allows(person(role, "s-1"), may("read", "location"), { shelter: "s-2" })).toBe(false);
  expect(allows(person("shelter-manager", "s-1"), may("read", "location"), { shelter: "s-1" })).toBe(true);
});
test("somebody of no shelter has none of her own", () =>
  expect(allows(person("shelter-manager"), may("read", "location"), { shelter: undefined })).toBe(false));
test("a platform administrator, the police and the data team read nothing of a case", () => {
  for (const role of ["platform-administrator", "investigator", "data-team"])
    for (const area of areas) expect(allows(person(role, "s-1"), may("read", area), { shelter: "s-1" })).toBe(false);
});
test("auditors and the data protection officer see what happened, and nobody's name", () => {
  for (const role of ["auditor", "data-protection-officer"])
    for (const area of personal) expect(allows(person(role), may("read", area))).toBe(false);
});
test("only a supervisor decides that a case is closed", () =>
  expect(roles.filter((role) => allows(person(role), may("write", "closure")))).toEqual(["supervisor"]));
test("every role is in the policy", () => expect(Object.keys(policy).sort()).toEqual([...roles].sort()));
test("an unknown role is never allowed anything", () =>
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "toString")).filter((role) => !roles.includes(role as never)),
      fc.constantFrom(...areas),
      (role, area) => !allows(person(role, "s-1"), may("read", area), { shelter: "s-1" }),
    ),
  ));
test("an unknown area is never allowed to anybody", () =>
  fc.assert(
    fc.property(
      fc.constantFrom(...roles),
      fc.string(),
      (role, area) => areas.includes(area as never) || !allows(person(role), may("read", area as never)),
    ),
  ));
