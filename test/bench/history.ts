import { caseWithConsent } from "../journeys/journey.js";
import type { System } from "../support/system.js";
import { lean } from "./lean.js";
import { median, rate, report } from "./measure.js";

const facts = 10_000;
const disclosures = 100_000;
const rounds = 5;
const asks = 40;

/** A record that has gone on for years, its last page beside its first; and a case that is opened very often. */
export async function history(system: System): Promise<void> {
  await pages(system);
  await memory(system);
}

async function pages(system: System): Promise<void> {
  const id = await caseWithConsent(system);
  // Two workers take turns in the same task, so that the record's state stays small.
  for (let fact = 2; fact < facts; fact++)
    await system.post("amina", `/v1/cases/${id}/assign-worker`, { worker: "bench", role: fact % 2 ? "Medical" : "Legal" });
  const page = (query: string) => async () => {
    const since = performance.now();
    const { status } = await system.get("rehema", `/v1/cases/${id}/history?first=50&${query}`);
    if (status !== 200) throw new Error(`a page was answered ${status}`);
    return performance.now() - since;
  };
  const asked = { first: page(""), last: page(`after=${facts - 52}`), newest: page("sort=-revision") };
  const folded = await asked.last();
  const taken: Record<keyof typeof asked, number[]> = { first: [], last: [], newest: [] };
  for (let round = 0; round < rounds; round++)
    for (const name of ["first", "last", "newest"] as const) {
      const times: number[] = [];
      for (let each = 0; each < asks; each++) times.push(await asked[name]());
      taken[name].push(median(times));
    }
  const rows = (["first", "last", "newest"] as const).map((what) => ({ what: `${what} page of ${facts} facts`, p50: median(taken[what]) }));
  rows.push({ what: "last page, folded from the start", p50: folded });
  report("history", rows, {
    "last page / first": median(taken.last) / median(taken.first),
    "newest page / first": median(taken.newest) / median(taken.first),
  });
}

async function memory(system: System): Promise<void> {
  const id = await caseWithConsent(system);
  await system.post("amina", `/v1/cases/${id}/record-identity`, { givenName: "Example", citizenships: ["BI"], languages: ["rn"] });
  const resident = async () =>
    Number(/^process_resident_memory_bytes (\S+)/m.exec(await (await fetch(`${system.base}/metrics`)).text())![1]) / 1_048_576;
  const ask = await lean(system, "amina");
  const rows: Record<string, string | number>[] = [];
  for (let done = 0; done < disclosures; done += disclosures / 10) {
    const { perSecond } = await rate(disclosures / 10, 8, () => ask("GET", `/v1/cases/${id}`));
    rows.push({
      "disclosures of one case": done + disclosures / 10,
      "resident memory of the api, MB": Math.round(await resident()),
      perSecond,
    });
  }
  const at = (place: number) => Number(rows[place]!["resident memory of the api, MB"]);
  report("disclosures", rows, { "memory after 100,000 disclosures / after 10,000": at(9) / at(0) });
}
