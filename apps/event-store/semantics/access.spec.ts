import { accessListFor, decidedBy, mayManageGroups, mayUse, mayWatchGroups, type StoreCaller, type Right } from "./access.js";

const admin: StoreCaller = { login: "admin", groups: ["$admins"] };
const ops: StoreCaller = { login: "ops", groups: ["$ops"] };
const amina: StoreCaller = { login: "amina", groups: ["workers"] };
const rights: Right[] = ["read", "write", "delete", "readMetadata", "writeMetadata"];
const may = (caller: StoreCaller, stream: string, acl: object = {}, settings: Record<string, object> = {}) =>
  rights.filter((right) => {
    const decided = decidedBy(stream, right);
    return mayUse(caller, decided.stream, decided.right, accessListFor(decided.stream, { $acl: acl }, settings));
  });

test.each<[string, StoreCaller, string, Right[]]>([
  ["nobody unknown reads or writes a stream", "anonymous", "case-1", []],
  ["nobody unknown sees the store's own streams", "anonymous", "$users", []],
  ["nobody unknown sees the whole log", "anonymous", "$all", []],
  ["whoever has signed in uses a stream, its metadata and its deletion included", amina, "case-1", rights],
  ["whoever has signed in uses the metadata of a stream as such", amina, "$$case-1", rights],
  ["whoever has signed in does not see the store's own streams", amina, "$users", []],
  ["nor their metadata", amina, "$$$users", []],
  ["nor the whole log", amina, "$all", []],
  ["operators use streams", ops, "case-1", rights],
  ["operators do not see the store's own streams", ops, "$users", []],
  ["operators do not see the whole log", ops, "$all", []],
  ["admins use everything", admin, "case-1", rights],
  ["the store's own streams included", admin, "$users", rights],
  ["the whole log included", admin, "$all", rights],
  ["without users everything is open", "system", "$all", rights],
])("%s", (_, caller, stream, expected) => expect(may(caller, stream)).toEqual(expected));

describe("a list in the metadata", () => {
  test("names who may, right by right; what it does not name stays as it was", () =>
    expect(may(amina, "case-1", { $w: "nurses" })).toEqual(["read", "delete", "readMetadata", "writeMetadata"]));
  test.each<[string, object, boolean]>([
    ["by group", { $r: "workers" }, true],
    ["by login", { $r: ["amina", "neema"] }, true],
    ["for everybody who has signed in", { $r: "$all" }, true],
    ["for somebody else", { $r: ["neema"] }, false],
    ["for admins alone, where it is empty", { $r: [] }, false],
  ])("%s", (_, acl, expected) => {
    expect(may(amina, "case-1", acl).includes("read")).toBe(expected);
    expect(may(admin, "case-1", acl)).toEqual(rights);
    expect(may("anonymous", "case-1", acl)).toEqual([]);
  });
  test("may open the whole log to readers", () => expect(may(amina, "$all", { $r: "workers" })).toEqual(["read"]));
});

describe("the settings of the store", () => {
  const settings = { $userStreamAcl: { $w: ["amina"], $d: [], $mw: [] }, $systemStreamAcl: { $r: ["$ops", "$admins"] } };

  test("say who may do what with a stream that has no list, right by right", () => {
    expect(may(amina, "case-1", {}, settings)).toEqual(["read", "write", "readMetadata"]);
    expect(may(ops, "case-1", {}, settings)).toEqual(["read", "readMetadata"]);
    expect(may(amina, "$$case-1", {}, settings)).toEqual(["read"]);
  });
  test("say it of the store's own streams apart", () => {
    expect(may(ops, "$users", {}, settings)).toEqual(["read"]);
    expect(may(amina, "$users", {}, settings)).toEqual([]);
  });
  test("yield to a stream's own list, right by right", () =>
    expect(may(ops, "case-1", { $w: "$ops" }, settings)).toEqual(["read", "write", "readMetadata"]));
  test("bind neither admins nor a store without users", () =>
    expect([admin, "system" as const].map((caller) => may(caller, "case-1", {}, settings))).toEqual([rights, rights]));
});

test("groups are looked after by admins and operators, and seen by whoever has signed in", () => {
  const callers: StoreCaller[] = ["anonymous", amina, ops, admin, "system"];
  expect(callers.map(mayManageGroups)).toEqual([false, false, true, true, true]);
  expect(callers.map(mayWatchGroups)).toEqual([false, true, true, true, true]);
});
