import "reflect-metadata";
import { isDeepStrictEqual } from "node:util";
import { Client } from "pg";
import { caseViews } from "#cases/cases.view.js";
import { tableOf } from "#projection/columns.js";
import { selectList } from "#projection/rows.js";
import type { View } from "#projection/view.js";
import { shelterViews } from "#shelters/shelters.view.js";
import { EventLog } from "#store/event-log.js";
import { locate } from "#store/states.js";
import { aggregateOf, type StoredFact } from "#store/stored.js";
import { firstBrokenLink } from "#store/chain.js";
import { caseWithConsent, eventually, shelterWith } from "../journeys/journey.js";
import { System } from "../support/system.js";

const system = new System();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.stop(), 60_000);

/** The rows that the log means, folded one fact after the other, apart from the projector. */
function foldOf(view: View<any, any>, facts: readonly StoredFact[]): Map<string, object> {
  const rows = new Map<string, object>();
  const handlers = view.project as Record<string, ((row: object | null, fact: unknown) => object | null) | undefined>;
  for (const stored of facts.filter(({ stream }) => aggregateOf(stream) === view.of.name)) {
    const fact = locate(view.of, stored) as never;
    const key = view.key(fact);
    const row = rows.get(key) ?? null;
    const handled = handlers[stored.type] ? handlers[stored.type]!(row, fact) : row;
    const after = handled && view.always ? (view.always(handled, fact) as object) : handled;
    if (after) rows.set(key, after);
    else rows.delete(key);
  }
  return rows;
}

const plain = (rows: Iterable<object>) =>
  (JSON.parse(JSON.stringify([...rows])) as { id: string }[]).sort((one, other) => (one.id < other.id ? -1 : 1));

test("a projector killed in the middle of its work, again and again, ends with views that equal the fold of the log", async () => {
  const shelter = await shelterWith(
    system,
    [1, 2, 3, 4, 5].map((number) => ({ bed: `W-${number}`, category: "Women", availability: "YearRound" })),
  );
  for (let round = 0; round < 4; round++) {
    const work = Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const caseId = await caseWithConsent(system);
        if (index < 2)
          await system.post("amina", `/v1/shelters/${shelter}/admit-resident`, { caseId, voluntary: true, houseRulesExplained: true });
        await system.post("amina", `/v1/cases/${caseId}/start-screening`, { formVersion: 1 });
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 60 + round * 70));
    await system.killProjector();
    await work;
    await system.startProjector();
  }
  const log = new EventLog(system.environment["EVENTSTORE_URL"]!);
  const database = new Client({ connectionString: system.environment["DATABASE_URL"]! });
  await database.connect();
  try {
    const read = async () => {
      const facts: StoredFact[] = [];
      for await (const fact of log.readAll({ count: 100_000 })) facts.push(fact);
      return facts;
    };
    // Policies add facts of their own: done when every checkpoint has reached the last fact of its aggregate.
    const facts = await eventually(read, () => true);
    const last = facts.at(-1)!.position.commit;
    const end = await system.post("amina", "/v1/cases/open-case", {
      source: "NGO",
      urgency: "Routine",
      region: "Kigoma",
      sex: "Female",
      ageBand: "21-29",
    });
    await system.get("amina", "/v1/cases", { "consistent-after": end.body.position });
    expect(BigInt(end.body.position)).toBeGreaterThan(last);
    for (const view of [...caseViews, ...shelterViews]) {
      const table = tableOf(view.row);
      const stored = async () => plain((await database.query(`select ${selectList(table)} from "${table.table}"`)).rows);
      const folded = async () => plain(foldOf(view, await read()).values());
      // Policies may still be adding facts of their own: both sides are asked again until the work has come to rest.
      const isSame = async () => isDeepStrictEqual(await stored(), await folded());
      await eventually(isSame, (same) => same).catch(() => undefined);
      expect(await stored()).toEqual(await folded());
    }
    const streams = Map.groupBy(await read(), ({ stream }) => stream);
    for (const chain of streams.values()) expect(firstBrokenLink(chain)).toBeNull();
  } finally {
    await database.end();
    await log.close();
  }
}, 120_000);
