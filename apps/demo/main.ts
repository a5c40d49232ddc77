import { setTimeout as pause } from "node:timers/promises";
import { SingleBar } from "cli-progress";
import { Command } from "commander";
import { demoPassword } from "#platform/sign-in.js";
import { beds, caseload, type Step, type Story } from "./caseload.js";
import { Client } from "./client.js";

const options = new Command("demo")
  .description(
    "Drives a running Hifadhi through its public API: an invented caseload of two years in four shelters. A second run changes nothing.",
  )
  .option("--url <url>", "where it runs", `http://127.0.0.1:${process.env["PORT"] ?? 3000}`)
  .option("--seed <text>", "another seed is another caseload, beside the first", "demo")
  .option("--cases <number>", "how many", "200")
  .parse()
  .opts<{ url: string; seed: string; cases: string }>();

const crew = [
  { region: "Kigoma", code: "KIG-1", key: "4c5a1f60-0000-4000-8000-00000000000a", worker: "amina", manager: "esther" },
  { region: "Kagera", code: "KAG-1", key: "4c5a1f60-0000-4000-8000-00000000000b", worker: "baraka", manager: "faraji" },
  { region: "Mwanza", code: "MWZ-1", key: "4c5a1f60-0000-4000-8000-00000000000c", worker: "chausiku", manager: "grace" },
  { region: "DarEsSalaam", code: "DAR-1", key: "4c5a1f60-0000-4000-8000-00000000000d", worker: "daudi", manager: "hamisi" },
];
const founded = "2024-10-01T06:00:00Z";
const client = (name: string) => new Client(options.url, name, demoPassword);
const supervisor = client("imani");
const bar = new SingleBar({ format: "{bar} {percentage}% | {value}/{total} steps | {eta_formatted}" });

/** One shelter's two years, in the order in which they happened. */
class Lane {
  readonly own: Client;
  readonly manager: Client;
  shelter = "";

  constructor(
    readonly place: (typeof crew)[number],
    readonly stories: readonly Story[],
  ) {
    this.own = client(place.worker);
    this.manager = client(place.manager);
  }

  async run(): Promise<void> {
    const { region, code, key } = this.place;
    const keyed = (last: string) => ({ key: key.replace("4c5a1f60", last), at: founded });
    this.shelter = (
      await this.manager.post(
        "/v1/shelters/register-shelter",
        { code, region, address: `Invented street of ${code}` },
        { key, at: founded },
      )
    ).id;
    await this.manager.post(`/v1/shelters/${this.shelter}/change-capacity`, { beds }, keyed("4c5a1f61"));
    await this.manager.post(`/v1/shelters/${this.shelter}/vet-shelter`, { validUntil: "2027-12-31T00:00:00Z" }, keyed("4c5a1f62"));
    const all = this.stories.flatMap(({ number, opening, steps }) => [opening, ...steps].map((step) => ({ number, step })));
    all.sort((one, other) => (one.step.at < other.step.at ? -1 : 1));
    const cases = new Map<number, string>();
    for (const { number, step } of all) {
      const id = await this.send(step, cases.get(number));
      if (step.what === "open-case") cases.set(number, id);
      bar.increment();
    }
  }

  async send(step: Step, caseId: string | undefined): Promise<string> {
    const sender = step.by === "own" ? this.own : step.by === "manager" ? this.manager : supervisor;
    if (step.about === "shelter") {
      const body = step.what === "discharge-resident" ? { ...step.body, stay: (await this.stay(caseId!)).id } : { ...step.body, caseId };
      await sender.post(`/v1/shelters/${this.shelter}/${step.what}`, body, step);
    } else {
      const { id } = await sender.post(caseId ? `/v1/cases/${caseId}/${step.what}` : `/v1/cases/${step.what}`, step.body, step);
      if (!caseId) return id;
    }
    if (step.wait) await this.until(() => this.came(step.wait!, caseId!));
    return caseId!;
  }

  async stay(caseId: string): Promise<{ id: string; dischargedAt: string | null }> {
    const { items } = await this.own.get<{ items: { id: string; dischargedAt: string | null }[] }>(`/v1/stays?caseId=${caseId}`);
    if (!items[0]) throw new Error("the stay is not there");
    return items[0];
  }

  /** Has a policy done its part? A stay that has ended was placed before. */
  async came(wait: "placed" | "freed", caseId: string): Promise<boolean> {
    const { items } = await this.own.get<{ items: { dischargedAt: string | null }[] }>(`/v1/stays?caseId=${caseId}`);
    if (items[0]?.dischargedAt) return true;
    if (wait === "freed") return false;
    const { state } = await this.own.get<{ state: { placement: { current: object | null } } }>(`/v1/cases/${caseId}/state`);
    return items.length > 0 && state.placement.current !== null;
  }

  async until(there: () => Promise<boolean>): Promise<void> {
    for (let tried = 0; !(await there()); tried++) {
      if (tried > 300) throw new Error("a policy did not do its part within 30 seconds; is the projector running?");
      await pause(20 + Math.min(tried * 10, 100));
    }
  }
}

const each = Math.floor(Number(options.cases) / crew.length);
const lanes = crew.map(
  (place, index) => new Lane(place, caseload(options.seed, place.region, each + (index < Number(options.cases) % crew.length ? 1 : 0))),
);
bar.start(
  lanes.flatMap(({ stories }) => stories).reduce((sum, { steps }) => sum + steps.length + 1, 0),
  0,
);
try {
  await Promise.all(lanes.map((lane) => lane.run()));
  bar.stop();
  const [first] = (await lanes[0]!.own.get<{ items: { id: string }[] }>("/v1/cases?first=1&sort=openedAt")).items;
  process.stdout.write(`
${options.cases} invented cases are there. Look at:
  the case list        ${options.url}/v1/cases?first=20&region=Kigoma
  one case             ${options.url}/v1/cases/${first!.id}
  what happened to it  ${options.url}/v1/cases/${first!.id}/history
  as it was last year  ${options.url}/v1/cases/${first!.id}/state?asOf=2025-11-24T00:00:00Z
  occupancy by night   ${options.url}/v1/shelters/${lanes[0]!.shelter}/occupancy?from=2025-06-01&to=2025-06-30
  and the same by GraphQL at ${options.url}/graphiql, with a token from ${options.url}/sign-in/token
`);
} catch (error) {
  bar.stop();
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
