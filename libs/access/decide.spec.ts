import * as fc from "fast-check";
import { areas, personalClasses, type Area } from "./areas.js";
import { allows, decide, may, related, whoever, type Permission } from "./decide.js";
import { policy } from "./policy.js";
import { purposeOf, purposes } from "./purpose.js";
import { roles, type Role } from "./roles.js";

const here = "5b1d3c1e-0000-4000-8000-000000000001";
const elsewhere = "5b1d3c1e-0000-4000-8000-000000000002";
const person = (role: string, shelter?: string) => ({ id: "p-1", role, shelter });
/** Who of all roles is allowed this on a record of her own shelter. */
const whoMay = (act: Permission["act"], area: Area) =>
  roles.filter((role) => allows(person(role, here), may(act, area), { shelter: here }));

// Area by area, as the people concerned would ask: who can read this of me, and who can change it? Every role and area is covered.
const expected: Record<Area, { read: Role[]; write: Role[] }> = {
  demographic: {
    read: [
      ...(["shelter-case-manager", "shelter-manager", "nurse", "psychologist", "lawyer"] as const),
      ...(["social-welfare-officer", "return-officer", "supervisor"] as const),
    ],
    write: ["shelter-case-manager"],
  },
  identity: {
    read: ["shelter-case-manager", "shelter-manager", "nurse", "psychologist", "social-welfare-officer"],
    write: ["shelter-case-manager"],
  },
  contact: { read: ["shelter-case-manager", "shelter-manager", "social-welfare-officer"], write: ["shelter-case-manager"] },
  location: { read: ["shelter-case-manager", "shelter-manager", "nurse", "psychologist"], write: ["shelter-manager"] },
  narrative: { read: ["shelter-case-manager", "shelter-manager", "supervisor"], write: ["shelter-case-manager"] },
  health: { read: ["nurse"], write: ["nurse"] },
  psychosocial: { read: ["psychologist"], write: ["psychologist"] },
  legal: {
    read: ["shelter-case-manager", "lawyer", "social-welfare-officer", "supervisor"],
    write: ["shelter-case-manager", "lawyer"],
  },
  perpetrator: { read: ["shelter-case-manager"], write: ["shelter-case-manager"] },
  safety: { read: ["shelter-case-manager", "shelter-manager", "nurse", "psychologist", "supervisor"], write: ["shelter-case-manager"] },
  case: {
    read: [
      ...(["shelter-case-manager", "shelter-manager", "nurse", "psychologist", "lawyer"] as const),
      ...(["social-welfare-officer", "return-officer", "supervisor", "auditor"] as const),
    ],
    write: ["shelter-case-manager", "social-welfare-officer"],
  },
  screening: {
    read: ["shelter-case-manager", "social-welfare-officer", "supervisor"],
    write: ["shelter-case-manager", "social-welfare-officer", "supervisor"],
  },
  consent: {
    read: [
      ...(["shelter-case-manager", "shelter-manager", "nurse", "psychologist", "lawyer", "social-welfare-officer"] as const),
      ...(["return-officer", "supervisor", "auditor", "data-protection-officer"] as const),
    ],
    write: ["shelter-case-manager", "social-welfare-officer"],
  },
  closure: { read: ["shelter-case-manager", "shelter-manager", "social-welfare-officer", "supervisor"], write: ["supervisor"] },
  capacity: {
    read: ["shelter-case-manager", "shelter-manager", "social-welfare-officer", "supervisor", "monitoring-officer", "auditor"],
    write: ["shelter-manager"],
  },
  stay: { read: ["shelter-case-manager", "shelter-manager", "supervisor"], write: ["shelter-case-manager", "shelter-manager"] },
  workload: { read: ["supervisor"], write: [] },
  history: { read: ["shelter-case-manager", "supervisor", "auditor", "data-protection-officer"], write: [] },
  access: { read: ["auditor", "data-protection-officer"], write: [] },
  imports: { read: ["platform-administrator"], write: ["platform-administrator"] },
  imported: { read: ["importer"], write: ["importer"] },
  projections: { read: ["platform-administrator"], write: ["platform-administrator"] },
};
test.each(areas)("%s is read and written by exactly these roles", (area) => {
  expect({ read: whoMay("read", area), write: whoMay("write", area) }).toEqual(expected[area]);
});

test("a shelter's address is for its own staff alone", () => {
  for (const role of roles)
    for (const shelter of [elsewhere, undefined])
      expect(allows(person(role, here), may("read", "location"), shelter ? { shelter } : undefined)).toBe(false);
});

test("beds and stays of another shelter are not changed from here", () => {
  for (const role of roles)
    for (const area of ["capacity", "stay"] as const)
      expect(allows(person(role, here), may("write", area), { shelter: elsewhere })).toBe(false);
});

test.each([undefined, ""])("somebody of no shelter (%j) has no own one, not even where a record has none either", (shelter) => {
  for (const role of roles) expect(allows(person(role, shelter), may("read", "location"), { shelter })).toBe(false);
});

test("what is of no shelter is for whoever's cell says so, and what nobody declared is nobody's own", () => {
  for (const role of roles)
    for (const area of areas) {
      expect(allows(person(role), may("read", area), whoever)).toBe(allows(person(role, here), may("read", area), { shelter: here }));
      expect(allows(person(role, here), may("read", area))).toBe(allows(person(role, here), may("read", area), { shelter: elsewhere }));
    }
});

test("what happened in a shelter is for its own staff, and for whoever checks them all", () =>
  expect(roles.filter((role) => allows(person(role, here), may("read", "history"), { shelter: elsewhere }))).toEqual([
    "supervisor",
    "auditor",
    "data-protection-officer",
  ]));

test("a platform administrator keeps the read models running, lets history be brought in, and sees nothing else", () => {
  const everything = areas.flatMap((area) => [may("read", area), may("write", area)]);
  const allowed = everything.filter((each) => allows(person("platform-administrator", here), each, { shelter: here }));
  expect(new Set(allowed.map(({ on }) => on))).toEqual(new Set(["projections", "imports"]));
});

test("the police, the data team and the system itself are allowed nothing at all", () => {
  for (const role of ["investigator", "data-team", "policy"]) {
    const everything = areas.flatMap((area) => [may("read", area), may("write", area)]);
    expect(everything.filter((each) => allows(person(role, here), each, { shelter: here }))).toEqual([]);
  }
});

test("auditors, the data protection officer and monitoring see what happened, and nobody's name", () => {
  for (const role of ["auditor", "data-protection-officer", "monitoring-officer"])
    for (const area of personalClasses) expect(allows(person(role, here), may("read", area), { shelter: here })).toBe(false);
});

test("what may be written may be read, and what is allowed elsewhere is allowed at home", () =>
  fc.assert(
    fc.property(fc.constantFrom(...roles), fc.constantFrom(...areas), (role, area) => {
      const at = (act: Permission["act"], shelter: string) => allows(person(role, here), may(act, area), { shelter });
      expect(at("write", here) && !at("read", here)).toBe(false);
      for (const act of ["read", "write"] as const) expect(at(act, elsewhere) && !at(act, here)).toBe(false);
    }),
  ));

describe("what it is asked for", () => {
  const asking = may("read", "case", "CaseManagement", "Accommodation", "Oversight");
  const decidedFor = (role: string, asked: Permission) => decide(person(role, here), asked, related, { stands: [team], barred: false });
  const team = { relation: "team", closed: [] };

  test("whoever acts for a purpose of it may, whichever that is", () => {
    for (const role of ["shelter-case-manager", "shelter-manager", "supervisor", "auditor"])
      expect([role, decidedFor(role, asking)]).toEqual([role, { allowed: true, by: ["team"] }]);
  });

  test("an auditor checks how a case is kept, and does not manage it", () => {
    expect(decidedFor("auditor", may("read", "case", "CaseManagement"))).toEqual({ allowed: false, because: "Purpose" });
    expect(purposeOf("auditor", asking.purposes)).toBe("Oversight");
    expect(purposeOf("shelter-manager", asking.purposes)).toBe("Accommodation");
    expect(purposeOf("supervisor", asking.purposes)).toBe("CaseManagement");
  });

  test("her role's cell and a wall come first, and a relation is still needed", () => {
    expect(decidedFor("monitoring-officer", asking)).toEqual({ allowed: false, because: "Role" });
    expect(decide(person("auditor"), asking, related, { stands: [team], barred: true })).toEqual({ allowed: false, because: "Wall" });
    expect(decide(person("auditor"), asking, related)).toEqual({ allowed: false, because: "NotRelated" });
  });

  test("whoever acts for nothing may nothing, and a role that nobody knows acts for nothing", () => {
    for (const role of ["investigator", "data-team", "policy", "constructor", "__proto__"])
      expect(purposeOf(role, purposes as never)).toBeUndefined();
  });
});

test("every role is in the policy", () => expect(Object.keys(policy).sort()).toEqual([...roles].sort()));

const inherited = fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty", "Nurse", "nurse ");
const unknown = (known: readonly string[]) => fc.oneof(fc.string(), inherited).filter((name) => !known.includes(name));

test("an unknown role is never allowed anything", () =>
  fc.assert(
    fc.property(unknown(roles), fc.constantFrom(...areas), fc.constantFrom("read", "write"), (role, area, act) => {
      expect(allows(person(role, here), may(act, area), { shelter: here })).toBe(false);
    }),
  ));

test("an unknown area is never allowed to anybody, nor is an unknown act", () =>
  fc.assert(
    fc.property(fc.constantFrom(...roles), unknown(areas), unknown(["read", "write"]), (role, area, act) => {
      expect(allows(person(role, here), may("read", area as Area), { shelter: here })).toBe(false);
      for (const known of areas) expect(allows(person(role, here), may(act as "read", known), { shelter: here })).toBe(false);
    }),
  ));
