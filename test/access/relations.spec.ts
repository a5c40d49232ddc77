import "reflect-metadata";
import * as fc from "fast-check";
import { relations } from "#domain/domain.js";
import { fold } from "#kernel/given.js";
import type { Fact } from "#kernel/kernel.js";
import type { DeclaredRelation, RelationRow } from "#projection/declare/relation.js";
import type { Located } from "#store/stored.js";

// A relation is said twice: one record is decided by the state, lists by a table. Whatever happens, both have to say the same.

const [record, now, later] = ["c-1", "2026-01-10T08:00:00.000Z", "2026-02-10T08:00:00.000Z"];
const people = ["p-1", "p-2"] as const;
const person = fc.constantFrom(...people);
const key = fc.constantFrom("k-1", "k-2", "k-3");
const by = fc.constantFrom({ id: "p-1", role: "nurse", organisation: "p-1" }, { id: "p-2", role: "nurse" });
const opening = fc.constantFrom(undefined, ...people).map((district) => ({
  type: "CaseOpened",
  data: {
    subject: "s-1",
    source: "Police",
    urgency: "Routine",
    region: "Kigoma",
    sex: "Female",
    ageBand: "21-29",
    ...(district && { district }),
  },
}));
const about: Readonly<Record<"case" | "shelter", fc.Arbitrary<{ type: string; data: any }>>> = {
  case: fc.oneof(
    fc
      .record({ worker: person, until: fc.constantFrom(undefined, later) })
      .map((data) => ({ type: "WorkerAssigned", data: { role: "Legal", ...data } })),
    fc
      .constantFrom(undefined, ...people)
      .map((askedOf) => ({ type: "CaseClosureRequested", data: { reason: "Other", requestedBy: "p-3", ...(askedOf && { askedOf }) } })),
    fc.constantFrom(
      { type: "CaseClosureRejected", data: { rejectedBy: "p-3" } },
      { type: "CaseClosed", data: { reason: "Other", episode: 1 } },
    ),
    person.map((worker) => ({ type: "WorkerLeft", data: { worker, reason: "TaskDone" } })),
    fc.record({ wall: key, barred: person }).map((data) => ({ type: "WallRaised", data: { kind: "Person", reason: "Other", ...data } })),
    fc.record({ wall: key, barred: person }).map((data) => ({ type: "WallLowered", data: { reason: "Other", ...data } })),
  ),
  shelter: fc.oneof(
    fc
      .record({ stay: key })
      .map(({ stay }) => ({ type: "ResidentAdmitted", data: { stay, caseId: record, bed: "W", category: "Women", overflow: false } })),
    fc.record({ stay: key }).map(({ stay }) => ({ type: "ResidentDischarged", data: { stay, caseId: record, exitType: "Planned" } })),
  ),
};

/** What can have happened: a stay, or a wall, begins once, before it ends. */
function asItHappens(facts: readonly { type: string; data: any }[]): { type: string; data: any }[] {
  const begun = new Map<string, string>();
  const ended = new Set<string>();
  return facts.filter(({ type, data }) => {
    const id = (data.stay ?? data.wall) as string | undefined;
    if (id === undefined) return true;
    if (["WallRaised", "ResidentAdmitted"].includes(type)) {
      const isNew = !begun.has(id) && (type === "WallRaised" || [...begun.keys()].every((each) => ended.has(each)));
      if (isNew) begun.set(id, data.barred ?? "");
      return isNew;
    }
    if (!begun.has(id) || ended.has(id) || (data.barred !== undefined && begun.get(id) !== data.barred)) return false;
    ended.add(id);
    return true;
  });
}

/** Who stands in it by the table. */
function byTable({ view }: DeclaredRelation, facts: readonly Located<Fact>[], moment: string): Set<string> {
  const rows = new Map<string, RelationRow | null>();
  for (const fact of facts) {
    const project = (view.project as Record<string, ((before: object | null, fact: Located<Fact>) => object | null) | undefined>)[
      fact.type
    ];
    const id = view.key(fact);
    if (project) rows.set(id, project(rows.get(id) ?? null, fact) as RelationRow | null);
  }
  const standing = [...rows.values()].filter((row) => row !== null && row.record === record && (row.until === null || moment < row.until));
  return new Set(standing.map((row) => row!.holder));
}

const kinds = relations.filter(({ of }) => of.name in about);

test.each(kinds.map((each) => [each.name, each] as const))("who stands in %s by the table, stands in it by the state", (_, relation) => {
  const kind = relation.of.name as keyof typeof about;
  const [stream, holders] = kind === "case" ? [record, people] : ["p-1", ["p-1"]];
  const happened = fc
    .tuple(opening, fc.array(about[kind], { maxLength: 12 }))
    .map(([first, rest]) => asItHappens(kind === "case" ? [first, ...rest] : rest));
  fc.assert(
    fc.property(happened, by, fc.constantFrom(now, later), (facts, someone, moment) => {
      const located = facts.map(({ type, data }, index) => ({
        type,
        data,
        id: `f-${index}`,
        streamId: stream,
        at: now,
        metadata: { by: someone },
      })) as unknown as Located<Fact>[];
      const state: unknown = fold(
        relation.of,
        facts.map((fact) => ({ fact, at: now, by: someone })),
      );
      const table = byTable(relation, located, moment);
      for (const holder of holders) {
        const asked = { actor: { id: holder, role: "nurse", shelter: "p-1" }, record, now: moment, holder };
        expect([holder, relation.holds(state, asked)]).toEqual([holder, table.has(holder)]);
      }
    }),
  );
});

test("of every relation it is tried", () =>
  expect(relations.filter(({ of, to }) => to === "case" && !(of.name in about)).map(({ name }) => name)).toEqual([]));
