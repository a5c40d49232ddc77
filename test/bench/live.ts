import { setTimeout as pause } from "node:timers/promises";
import { caseWithConsent, consent } from "../journeys/journey.js";
import { EventReader } from "../support/live.js";
import type { System } from "../support/system.js";
import { median, percentiles, rate, report, type Rate } from "./measure.js";

type Times = ReturnType<typeof percentiles>;

const rounds = 3;
const followers = 1_000;
const cases = 64;
const connections = Object.fromEntries(
  ["CONNECTIONS_PER_ADDRESS", "REQUESTS_PER_PERSON", "REQUESTS_PER_ADDRESS"].map((name) => [name, String(2 * followers)]),
);
/** So that one person may follow as often as all do here. */
export const liveLimits = { LIVE_STREAMS_PER_PERSON: String(followers + 1), LIVE_STREAMS: String(followers + 1), ...connections };

/** Changes while nobody follows, beside changes while a thousand streams do; and how soon a change is told. */
export async function live(system: System): Promise<void> {
  const ids = await Promise.all(Array.from({ length: cases }, () => caseWithConsent(system)));
  const change = async (index: number): Promise<string> => {
    const path = `/v1/cases/${ids[index % cases]}/refuse-consent`;
    return (await system.post("amina", path, { purpose: "PhotoMedia", refusedBy: consent.givenBy })).body.position;
  };
  const told = await soonness(system, ids[0]!, () => change(0));
  const taken: { alone: Rate; followed: Rate }[] = [];
  await rate(1_000, 16, change);
  for (let round = 0; round < rounds; round++) {
    const alone = await rate(2_000, 16, change);
    const streams = await Promise.all(Array.from({ length: followers }, (_, index) => follow(system, ids[index % cases]!)));
    for (const stream of streams) void drain(stream);
    taken.push({ alone, followed: await rate(2_000, 16, change) });
    await Promise.all(streams.map((stream) => stream.close()));
  }
  const row = (what: string, name: "alone" | "followed") => {
    const of = (figure: keyof Rate) => median(taken.map((each) => each[name][figure]));
    return { what, perSecond: of("perSecond"), p50: of("p50"), p99: of("p99") };
  };
  const rows = [
    row("change, nobody follows", "alone"),
    row(`change, ${followers} streams of ${cases} cases`, "followed"),
    { what: "change, told by a stream", perSecond: "", ...told.stream },
    { what: "change, then a read that includes it", perSecond: "", ...told.read },
  ];
  const ratio = median(taken.map(({ alone, followed }) => followed.perSecond / alone.perSecond));
  report("live", rows, { [`changes with ${followers} streams / with none`]: ratio });
}

/** From sending a change to having it told, beside reading it with `Consistent-After`; one at a time, at rest before each. */
async function soonness(system: System, id: string, change: () => Promise<string>): Promise<{ stream: Times; read: Times }> {
  const events = await follow(system, id);
  const stream = await timed(async () => {
    const position = BigInt(await change());
    await events.until((event) => BigInt(event.id) >= position);
  });
  await events.close();
  const read = await timed(async () => system.get("imani", `/v1/cases/${id}`, { "consistent-after": await change() }));
  return { stream, read };
}

async function timed(work: () => Promise<unknown>): Promise<Times> {
  const times: number[] = [];
  for (let each = 0; each < 100; each++) {
    await pause(150);
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return percentiles(times);
}

async function follow(system: System, id: string): Promise<EventReader> {
  const headers = { authorization: `Bearer ${await system.token("imani")}` };
  return new EventReader(await fetch(`${system.base}/v1/cases/${id}/live`, { headers }));
}

async function drain(events: EventReader): Promise<void> {
  while (await events.next().catch(() => undefined));
}
