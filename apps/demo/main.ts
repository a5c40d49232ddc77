import { setTimeout as pause } from "node:timers/promises";
import { SingleBar } from "cli-progress";
import { Command } from "commander";
import { demoPassword } from "#platform/sign-in/sign-in.js";
import { beds, caseload, type DemoStep, type Story } from "./caseload.js";
import { DemoClient } from "./client.js";

const options = new Command("demo")
  .description(
    "Drives a running Hifadhi through its public API: an invented caseload of two years in four shelters. A second run changes nothing; another number of cases, or another seed, is another caseload beside it, whose people find no bed where others sleep.",
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
/** What is answered to lines that were brought in. */
interface ImportAnswer {
  readonly receipts: readonly { readonly id: string }[];
  readonly problem: { readonly code: string; readonly title: string } | null;
}

const founded = "2024-10-01T06:00:00Z";
const client = (name: string) => new DemoClient(options.url, name, demoPassword);
const supervisor = client("imani");
const officer = client("jabari");
const [administrator, another, importer] = [client("tatu"), client("vumilia"), client("wema")];
const bar = new SingleBar({ format: "{bar} {percentage}% | {value}/{total} steps | {eta_formatted}" });

/** Leave to bring in what has happened in two years: one administrator opens it, another approves it. Answers its id. */
async function openImport(): Promise<string> {
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const { id } = await administrator.post("/v1/imports/open-import", { importer: (await importer.whoIs())["id"], until });
  await another.post(`/v1/imports/${id}/approve-import`, {});
  return id;
}

class ImportRefused extends Error {
  readonly code: string;
  constructor(what: string, { code, title }: NonNullable<ImportAnswer["problem"]>) {
    super(`${what}: ${code} (${title})`);
    this.code = code;
  }
}
/** The beds are taken, or the shelter's history has gone on: she is helped without one. */
const noBed = ["BedOccupied", "NoBedAvailable", "ImportNotInOrder"];

/** One shelter's two years, in the order in which they happened. */
class ShelterStory {
  readonly own: DemoClient;
  readonly manager: DemoClient;
  shelter = "";

  constructor(
    readonly place: (typeof crew)[number],
    readonly stories: readonly Story[],
    /** The import by which all of it comes. */
    readonly history: () => string,
  ) {
    this.own = client(place.worker);
    this.manager = client(place.manager);
  }

  async run(): Promise<void> {
    const { region, code, key } = this.place;
    const keyed = (last: string) => ({ key: key.replace("4c5a1f60", last), at: founded });
    const registered = { code, region, address: `Invented street of ${code}` };
    this.shelter = await this.bringIn(this.manager, "register-shelter", undefined, registered, { key, at: founded });
    await this.bringIn(this.manager, "change-capacity", this.shelter, { beds }, keyed("4c5a1f61"));
    await this.bringIn(officer, "vet-shelter", this.shelter, { validUntil: "2027-12-31T00:00:00Z" }, keyed("4c5a1f62"));
    const all = this.stories.flatMap(({ number, opening, steps }) => [opening, ...steps].map((step) => ({ number, step })));
    all.sort((one, other) => (one.step.at < other.step.at ? -1 : 1));
    const cases = new Map<number, string>();
    const without = new Set<number>();
    for (const { number, step } of all) {
      bar.increment();
      if (step.about === "shelter" && without.has(number)) continue;
      const { wait: _, ...unhoused } = step;
      try {
        const id = await this.send(without.has(number) ? unhoused : step, cases.get(number));
        if (step.what === "open-case") cases.set(number, id);
      } catch (error) {
        if (step.what !== "admit-resident" || !(error instanceof ImportRefused) || !noBed.includes(error.code)) throw error;
        without.add(number);
      }
    }
  }

  /** One line of the import, as this person would have sent it then. Answers the record. */
  async bringIn(
    as: DemoClient,
    what: string,
    id: string | undefined,
    input: object,
    { key, at }: { key: string; at: string },
  ): Promise<string> {
    const operation = what.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const line = { key, operation, ...(id && { id }), at, by: await as.whoIs(), input };
    const answer = await importer.post<ImportAnswer>(`/v1/imports/${this.history()}/bring-in`, { lines: [line] });
    if (answer.problem) throw new ImportRefused(what, answer.problem);
    return answer.receipts[0]!.id;
  }

  async send(step: DemoStep, caseId: string | undefined): Promise<string> {
    const sender = step.by === "own" ? this.own : step.by === "manager" ? this.manager : supervisor;
    if (step.about === "shelter") {
      const body = step.what === "discharge-resident" ? { ...step.body, stay: (await this.stay(caseId!)).id } : { ...step.body, caseId };
      await this.bringIn(sender, step.what, this.shelter, body, step);
    } else {
      const id = await this.bringIn(sender, step.what, caseId, step.body, step);
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
let history = "";
const shelters = crew.map((place, index) => {
  const count = each + (index < Number(options.cases) % crew.length ? 1 : 0);
  return new ShelterStory(place, caseload(options.seed, place.region, count), () => history);
});
bar.start(
  shelters.flatMap(({ stories }) => stories).reduce((sum, { steps }) => sum + steps.length + 1, 0),
  0,
);
try {
  history = await openImport();
  await Promise.all(shelters.map((shelter) => shelter.run()));
  await administrator.post(`/v1/imports/${history}/end-import`, {});
  bar.stop();
  const [first] = (await shelters[0]!.own.get<{ items: { id: string }[] }>("/v1/cases?first=1&sort=openedAt")).items;
  process.stdout.write(`
${options.cases} invented cases are there. Look at:
  the case list        ${options.url}/v1/cases?first=20&region=Kigoma
  one case             ${options.url}/v1/cases/${first!.id}
  what happened to it  ${options.url}/v1/cases/${first!.id}/history
  as it was last year  ${options.url}/v1/cases/${first!.id}/state?asOf=2025-11-24T00:00:00Z
  occupancy by night   ${options.url}/v1/shelters/${shelters[0]!.shelter}/occupancy?from=2025-06-01&to=2025-06-30
  and the same by GraphQL at ${options.url}/altair/, with a token from ${options.url}/sign-in/token
`);
} catch (error) {
  bar.stop();
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
