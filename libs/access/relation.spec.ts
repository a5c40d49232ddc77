import { aggregate, slice } from "#kernel/kernel.js";
import { decide, may, related, standsFully, unrelated, whoever } from "./decide.js";
import { standingBy, type Relation } from "./relation.js";

const stories = aggregate("story", { words: slice<{ type: "Told"; data: object }>()<readonly string[]>([], { Told: (words) => words }) });
const among = (name: string, over: Partial<Relation> = {}): Relation => ({
  ...{ name, to: "story", of: stories },
  streamOf: ({ record }) => record,
  as: ({ id, organisation }) => [id, organisation],
  holds: (state: readonly string[], { holder }) => state.includes(holder),
  ...over,
});
const nurse = { id: "khadija", role: "nurse", organisation: "o-1" };
const asked = { actor: nurse, record: "s-1", now: "2026-01-10T08:00:00.000Z" };
const standing = (relations: Relation[], ...holders: string[]) => standingBy(relations, asked, () => holders);

test("somebody stands in a relation by her own id, or by her organisation's", () => {
  expect(standing([among("team")], "khadija").stands).toEqual([{ relation: "team", closed: [] }]);
  expect(standing([among("team")], "o-1").stands).toEqual([{ relation: "team", closed: [] }]);
  expect(standing([among("team")], "o-2")).toEqual(unrelated);
});

test("a relation that is for other roles does not hold, and one of which nothing is known neither", () => {
  expect(standing([among("team", { roles: ["supervisor"] })], "khadija")).toEqual(unrelated);
  expect(standingBy([among("team")], asked, () => undefined)).toEqual(unrelated);
});

test("a wall keeps out whoever stands in it, of whatever role", () => {
  expect(standing([among("wall", { bars: true, roles: ["supervisor"] })], "o-1")).toEqual({ stands: [], barred: true });
});

test("whoever checks others' work stands to every record", () => {
  const auditor = { ...asked, actor: { id: "rehema", role: "auditor" } };
  expect(standingBy([], auditor, () => []).stands).toEqual([{ relation: "oversight", closed: [] }]);
});

describe("why somebody may or may not is told", () => {
  const inTheTeam = standing([among("team")], "khadija");
  test("by the relation that opened it", () =>
    expect(decide(nurse, may("write", "health"), related, inTheTeam)).toEqual({ allowed: true, by: ["team"] }));
  test("by her role", () => expect(decide(nurse, may("write", "legal"), related, inTheTeam)).toEqual({ allowed: false, because: "Role" }));
  test("by her standing in none", () =>
    expect(decide(nurse, may("write", "health"), related)).toEqual({ allowed: false, because: "NotRelated" }));
  test("by a wall, before anything else", () =>
    expect(decide(nurse, may("write", "legal"), whoever, { ...inTheTeam, barred: true })).toEqual({ allowed: false, because: "Wall" }));
});

test("what only lets her look into a record lets her change nothing, and open nothing that it closes", () => {
  const looking = standing([among("break-glass", { readOnly: true, closed: () => ["safety"] })], "khadija");
  expect(decide(nurse, may("read", "identity"), related, looking).allowed).toBe(true);
  expect(decide(nurse, may("read", "safety"), related, looking).allowed).toBe(false);
  expect(decide(nurse, may("write", "health"), related, looking).allowed).toBe(false);
  expect([standsFully(looking), standsFully(standing([among("team")], "khadija")), standsFully(unrelated)]).toEqual([false, true, false]);
});
