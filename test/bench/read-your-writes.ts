import { caseWithConsent, consent } from "../journeys/journey.js";
import type { System } from "../support/system.js";
import { percentiles, rate, report } from "./measure.js";

const pairs = Number(process.argv[3] ?? 10_000);
const inFlight = 64;
const cases = 640;

/**
 * A change, the same case asked for with the position of the change, and once more without; half of them by GraphQL. What the first
 * question takes longer than the second is what reading one's own change costs. One stale answer is too many.
 */
export async function readYourWrites(system: System): Promise<void> {
  const ids: string[] = [];
  await rate(cases, inFlight, async () => void ids.push(await caseWithConsent(system)));
  const times = { change: [] as number[], consistent: [] as number[], plain: [] as number[], added: [] as number[] };
  let [next, stale] = [0, 0];
  const timed = async <Answer>(work: () => Promise<Answer>): Promise<[Answer, number]> => {
    const begun = performance.now();
    return [await work(), performance.now() - begun];
  };
  const pair = async (index: number) => {
    const id = ids[index % cases]!;
    const path = `/v1/cases/${id}/refuse-consent`;
    const request = { purpose: "PhotoMedia", refusedBy: consent.givenBy };
    const [{ body: receipt }, changing] = await timed(() => system.post("amina", path, request));
    const ask = index % 2 === 0 ? byRest : byGraphql;
    const [seen, waited] = await timed(() => ask(system, id, receipt.position));
    const [, plain] = await timed(() => ask(system, id, undefined));
    if (seen < Number(receipt.revision)) stale++;
    times.change.push(changing);
    times.consistent.push(waited);
    times.plain.push(plain);
    times.added.push(waited - plain);
  };
  for (let index = 0; index < inFlight; index++) await pair(index);
  for (const each of Object.values(times)) each.length = 0;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (next < pairs) await pair(next++);
    }),
  );
  const perSecond = Math.round(pairs / ((performance.now() - begun) / 1_000));
  const row = (what: string, name: keyof typeof times) => ({ what, ...percentiles(times[name]) });
  const rows = [
    row("change", "change"),
    row("read that includes it", "consistent"),
    row("the same read without", "plain"),
    row("added by waiting", "added"),
  ];
  report("read-your-writes", rows, { pairs: pairs, "pairs a second": perSecond, "stale answers": stale });
  if (stale > 0) throw new Error(`${stale} of ${pairs} answers were older than the change that they had to include`);
}

async function byRest(system: System, id: string, position: string | undefined): Promise<number> {
  const { status, body } = await system.get("imani", `/v1/cases/${id}`, position === undefined ? {} : { "consistent-after": position });
  if (status !== 200) throw new Error(`${status} ${body.code}`);
  return body.revision;
}

async function byGraphql(system: System, id: string, position: string | undefined): Promise<number> {
  const query = "query ($id: ID!, $after: String) { case(id: $id, consistentAfter: $after) { revision } }";
  const { body } = await system.graphql("imani", query, { id, ...(position !== undefined && { after: position }) });
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  return body.data.case.revision;
}
