import { randomUUID } from "node:crypto";
import { caseWithConsent } from "../journeys/journey.js";
import type { System } from "../support/system.js";
import { median, report } from "./measure.js";

const facts = 10_000;
const disclosures = 100_000;
const rounds = 5;
const asks = 40;

/** A record that has gone on for years: its last page beside its first; and a case that is opened very often. */
export async function history(system: System): Promise<void> {
  const id = await caseWithConsent(system);
  // Two workers take turns in the same task, so that the record's state stays small.
  for (let fact = 2; fact < facts; fact++)
    await system.post(
      "amina",
      `/v1/cases/${id}/assign-worker`,
      { worker: "bench", role: fact % 2 ? "Medical" : "Legal" },
      { "idempotency-key": randomUUID() },
    );
  const page = (query: string) => async () => {
    const since = performance.now();
    const { status } = await system.get("rehema", `/v1/cases/${id}/history?first=50&${query}`);
    if (status !== 200) throw new Error(`a page was answered ${status}`);
    return performance.now() - since;
  };
  const pages = { first: page(""), last: page(`after=${facts - 52}`), newest: page("sort=-revision") };
  const taken: Record<keyof typeof pages, number[]> = { first: [], last: [], newest: [] };
  const cold = await page(`after=${facts - 52}`)();
  for (let round = 0; round < rounds; round++)
    for (const [name, ask] of Object.entries(pages)) {
      const times: number[] = [];
      for (let each = 0; each < asks; each++) times.push(await ask());
      taken[name as keyof typeof pages].push(median(times));
    }
  const rows: Record<string, string | number>[] = Object.entries(taken).map(([what, times]) => ({
    what: `${what} page of ${facts} facts`,
    p50: median(times),
  }));
  rows.push({ what: "last page, folded from the start", p50: cold });
  const opened = await caseWithConsent(system);
  await system.post("amina", `/v1/cases/${opened}/record-identity`, { givenName: "Example", citizenships: ["BI"], languages: ["rn"] });
  const resident = async () =>
    Number(/^process_resident_memory_bytes (\S+)/m.exec(await (await fetch(`${system.base}/metrics`)).text())![1]) / 1_048_576;
  const open = async (count: number) => {
    let next = 0;
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        while (next++ < count) await system.get("amina", `/v1/cases/${opened}`);
      }),
    );
  };
  await open(disclosures / 10);
  const before = await resident();
  await open(disclosures - disclosures / 10);
  const after = await resident();
  rows.push({ what: `resident memory of the api, MB, after ${disclosures / 10} disclosures of one case`, p50: before });
  rows.push({ what: `resident memory of the api, MB, after ${disclosures}`, p50: after });
  report("history", rows, {
    "last page / first": median(taken.last) / median(taken.first),
    "newest page / first": median(taken.newest) / median(taken.first),
    "memory after 100,000 disclosures / after 10,000": after / before,
  });
}
