import { admit, type Employer } from "./admission.js";
import type { Member } from "./membership/membership.js";

const member = (over: Partial<Member> = {}): Member => ({ roles: ["nurse"], active: true, ...over });
const employer = (staff: Member, suspended = false): Employer => ({
  profile: { suspended, onboardedBy: null },
  members: { khadija: staff },
});
const of = (...all: readonly [string, Employer][]) => new Map(all);
const khadija = { staff: "khadija" };

test("whoever works here acts in her first role, for her organisation, house and district", () =>
  expect(
    admit(of(["o", employer(member({ roles: ["nurse", "psychologist"], shelter: "k-1", district: "Kasulu-Town" }))]), khadija),
  ).toEqual({
    actor: { id: "khadija", role: "nurse", organisation: "o", shelter: "k-1", district: "Kasulu-Town" },
  }));

test("she may act in another of her roles, and in none that she does not hold", () => {
  const here = of(["o", employer(member({ roles: ["nurse", "psychologist"] }))]);
  expect(admit(here, { ...khadija, role: "psychologist" })).toEqual({ actor: { id: "khadija", role: "psychologist", organisation: "o" } });
  expect(admit(here, { ...khadija, role: "supervisor" })).toEqual({ refused: "RoleNotHeld" });
});

test("who works for two organisations acts for the one that she names, or the first in which she holds the role", () => {
  const here = of(["o", employer(member())], ["p", employer(member({ roles: ["supervisor"] }))]);
  expect(admit(here, khadija)).toEqual({ actor: { id: "khadija", role: "nurse", organisation: "o" } });
  expect(admit(here, { ...khadija, organisation: "p" })).toEqual({ actor: { id: "khadija", role: "supervisor", organisation: "p" } });
  expect(admit(here, { ...khadija, role: "supervisor" })).toEqual({ actor: { id: "khadija", role: "supervisor", organisation: "p" } });
});

test("whoever was never here, has left, or works for an organisation that is suspended is kept out", () => {
  expect(admit(of(["o", employer(member())]), { staff: "constructor" })).toEqual({ refused: "NotAMember" });
  expect(admit(of(["o", employer(member({ active: false }))]), khadija)).toEqual({ refused: "MembershipEnded" });
  expect(admit(of(["o", employer(member(), true)]), khadija)).toEqual({ refused: "OrganisationIsSuspended" });
  expect(admit(of(["o", employer(member(), true)], ["p", employer(member())]), khadija)).toEqual({
    actor: { id: "khadija", role: "nurse", organisation: "p" },
  });
});
