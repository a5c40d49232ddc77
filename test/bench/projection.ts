import { Client } from "pg";
import { EventLog } from "#store/event-log.js";
import { caseWithConsent } from "../journeys/journey.js";
import { createDatabase } from "../support/postgres.js";
import type { System } from "../support/system.js";
import { rate, report } from "./measure.js";

/** A fresh set of read models folded from a log of some thousands of facts, beside only reading that log. */
export async function projection(system: System): Promise<void> {
  await rate(5_000, 64, () => caseWithConsent(system));
  const log = new EventLog(system.environment["EVENTSTORE_URL"]!);
  let facts = 0;
  let head = 0n;
  const start = performance.now();
  for await (const { position } of log.readAll({ count: 1_000_000 })) {
    facts++;
    head = position.commit;
  }
  const drain = Math.round(facts / ((performance.now() - start) / 1_000));
  await log.close();
  await system.killProjector();
  system.environment = { ...system.environment, DATABASE_URL: await createDatabase() };
  const begun = performance.now();
  await system.startProjector();
  await reached(system.environment["DATABASE_URL"]!, head);
  const folded = Math.round(facts / ((performance.now() - begun) / 1_000));
  const rows = [
    { what: "readAll, no work", facts, perSecond: drain },
    { what: "all views, from an empty database", facts, perSecond: folded },
  ];
  report("projection", rows, { "all views / readAll": folded / drain });
}

async function reached(url: string, commit: bigint): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query<{ there: boolean }>(
        "select bool_and(coalesce(commit_position, -1) >= $1 or name like 'shelter%' or name like 'stay%' or name like 'capacity%') as there from projection_checkpoint where name not like 'policy%'",
        [commit.toString()],
      );
      if (rows[0]?.there) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } finally {
    await client.end();
  }
}
