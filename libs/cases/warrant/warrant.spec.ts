import { decide, may, related, type Stand } from "#access/decide.js";
import { seesOf } from "#access/record.js";
import { standIn } from "#access/relation.js";
import { given } from "#kernel/given.js";
import { cases } from "../cases.js";
import { issueWarrant, openedTo, revokeWarrant, type WarrantFact } from "./warrant.js";
import { byWarrant } from "./warrant.relation.js";

const now = "2026-01-10T08:00:00.000Z";
const officer = { actor: { id: "salma", role: "data-protection-officer" } };
const asked = { holder: "rehema", areas: ["narrative" as const], reason: "Audit" as const, days: 10 };
const issued = (until = "2026-01-20T08:00:00.000Z", areas: ("demographic" | "narrative")[] = ["narrative"]): WarrantFact => ({
  type: "WarrantIssued",
  data: { warrant: "id-1", holder: "rehema", areas, reason: "Audit", until },
});
const revoked: WarrantFact = { type: "WarrantRevoked", data: { warrant: "id-1", holder: "rehema" } };

describe("a warrant for one case", () => {
  test("is issued to an auditor, with what it opens and an end", () => given(cases).when(issueWarrant, asked, officer).then(issued()));
  test("is not issued to oneself", () =>
    given(cases)
      .when(issueWarrant, { ...asked, holder: "salma" }, officer)
      .refused("OwnWarrant"));
  test("is there already where one opens as much for as long", () => {
    given(cases, issued()).when(issueWarrant, asked, officer).then();
    given(cases, issued("2026-01-20T07:59:59.999Z")).when(issueWarrant, asked, officer).then(issued());
    given(cases, issued())
      .when(issueWarrant, { ...asked, areas: ["narrative", "demographic"] }, officer)
      .then(issued(undefined, ["narrative", "demographic"]));
    given(cases, issued(), revoked).when(issueWarrant, asked, officer).then(issued());
  });
  test("is revoked at once, once", () => {
    given(cases, issued()).when(revokeWarrant, { warrant: "id-1" }, officer).then(revoked);
    given(cases, issued(), revoked).when(revokeWarrant, { warrant: "id-1" }, officer).then();
    given(cases, issued(now)).when(revokeWarrant, { warrant: "id-1" }, officer).then();
    given(cases).when(revokeWarrant, { warrant: "id-1" }, officer).refused("WarrantUnknown");
  });
});

test("it opens what it names to whom it names, until it ends", () => {
  const state = [{ warrant: "w-1", holder: "rehema", areas: ["narrative" as const], until: "2026-01-20T08:00:00.000Z" }];
  expect(openedTo(state, "rehema", now)).toEqual(["narrative"]);
  expect(openedTo(state, "rehema", "2026-01-20T08:00:00.000Z")).toEqual([]);
  expect(openedTo(state, "salma", now)).toEqual([]);
});

describe("an auditor", () => {
  const rehema = { id: "rehema", role: "auditor" };
  const standing = (...stands: Stand[]) => ({ stands: [{ relation: "oversight", closed: [] }, ...stands], barred: false });
  const warrants = [{ warrant: "w-1", holder: "rehema", areas: ["narrative" as const], until: "2026-01-20T08:00:00.000Z" }];
  const stand = standIn(byWarrant, { ...cases.initial, warrants }, { actor: rehema, record: "c-1", now })!;

  test("reads the content of a case by a warrant, and not without one", () => {
    expect(decide(rehema, may("read", "narrative"), related, standing())).toEqual({ allowed: false, because: "NotGranted" });
    expect(decide(rehema, may("read", "narrative"), related, standing(stand))).toEqual({ allowed: true, by: ["warrant"] });
    expect(decide(rehema, may("read", "demographic"), related, standing(stand))).toEqual({ allowed: false, because: "NotGranted" });
    expect(seesOf(rehema, related, standing(stand))("narrative")).toBe(true);
    expect(seesOf(rehema, related, standing())("narrative")).toBe(false);
  });
  test("writes nothing by it, and it opens nothing that her role may not read by a grant", () => {
    expect(decide(rehema, may("write", "narrative"), related, standing(stand))).toEqual({ allowed: false, because: "Role" });
    expect(decide(rehema, may("read", "health"), related, standing({ ...stand, opens: ["health"] }))).toEqual({
      allowed: false,
      because: "Role",
    });
  });
  test("is kept out by a wall, warrant or not", () =>
    expect(decide(rehema, may("read", "narrative"), related, { ...standing(stand), barred: true })).toEqual({
      allowed: false,
      because: "Wall",
    }));
  test("has none where another role holds it", () =>
    expect(standIn(byWarrant, { ...cases.initial, warrants }, { actor: { id: "rehema", role: "nurse" }, record: "c-1", now })).toBeNull());
});
