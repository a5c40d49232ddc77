import { SingleBar } from "cli-progress";
import { Command, InvalidArgumentError } from "commander";
import { demoPassword } from "#platform/sign-in/sign-in.js";
import { caseload } from "./caseload.js";
import { DemoClient } from "./client.js";
import { HistoryImport } from "./history-import.js";
import { House, type Crew } from "./house.js";
import { inTurns, piecesIn } from "./turns.js";

const from =
  (least: number, most: number) =>
  (text: string): number => {
    if (!/^\d+$/.test(text) || Number(text) < least || Number(text) > most)
      throw new InvalidArgumentError(`It is from ${least} to ${most}.`);
    return Number(text);
  };

const options = new Command("demo")
  .description(
    "Drives a running Hifadhi through its public API: an invented caseload of two years in four shelters. Stopped by Ctrl-C, it goes on where it was when it is started again; once it has ended, another run changes nothing. Another number of cases, or another seed, is another caseload beside it, whose people find no bed where others sleep.",
  )
  .option("--url <url>", "where it runs", `http://127.0.0.1:${process.env["PORT"] ?? 3000}`)
  .option("--seed <text>", "another seed is another caseload, beside the first", "demo")
  .option("--cases <number>", "how many", from(1, 100_000), 200)
  .option("--parallel <number>", "how many requests at a time, in each of the four shelters", from(1, 20), 4)
  .parse()
  .opts<{ url: string; seed: string; cases: number; parallel: number }>();

const client = (name: string) => new DemoClient(options.url, name, demoPassword);
const shared = {
  ...{ supervisor: client("imani"), officer: client("jabari") },
  ...{ nurse: client("khadija"), psychologist: client("lulu"), lawyer: client("musa") },
};
const crews: readonly Crew[] = [
  { region: "Kigoma", code: "KIG-1", key: "4c5a1f60-0000-4000-8000-00000000000a", worker: "amina", manager: "esther" },
  { region: "Kagera", code: "KAG-1", key: "4c5a1f60-0000-4000-8000-00000000000b", worker: "baraka", manager: "faraji" },
  { region: "Mwanza", code: "MWZ-1", key: "4c5a1f60-0000-4000-8000-00000000000c", worker: "chausiku", manager: "grace" },
  { region: "DarEsSalaam", code: "DAR-1", key: "4c5a1f60-0000-4000-8000-00000000000d", worker: "daudi", manager: "hamisi" },
].map(({ manager, ...crew }) => ({ ...crew, people: { ...shared, own: client(crew.worker), manager: client(manager) } }));

const { seed, cases, parallel, url } = options;
const history = new HistoryImport(client("tatu"), client("vumilia"), client("wema"));
const told = crews.map((crew, index) => ({
  house: new House(crew, (lines) => history.bringIn(lines)),
  ...caseload({ ...crew, seed: `${seed}|${cases}` }, Math.floor(cases / crews.length) + (index < cases % crews.length ? 1 : 0)),
}));
const steps = told.reduce((sum, each) => sum + each.steps.length + each.documents.length, 0);
const bar = new SingleBar({ format: "{bar} {percentage}% | {value}/{total} steps | {eta_formatted}" });

let isStopped = false;
// Once more ends it at once.
process.once("SIGINT", () => (isStopped = true));

/** One shelter's two years, and the files that its cases keep. */
async function tell({ house, steps, documents }: (typeof told)[number]): Promise<void> {
  await house.found();
  await inTurns(piecesIn(steps), {
    ...{ parallel, isStopped: () => isStopped },
    send: async (piece) => {
      await house.send(piece);
      bar.increment(piece.steps.length);
    },
  });
  for (const each of documents) {
    if (isStopped) return;
    await house.keep(each);
    bar.increment();
  }
}

try {
  const begun = performance.now();
  bar.start(steps, 0);
  await history.open(`${seed}|${cases}`);
  // Where one is refused, the others end what is under way.
  const ends = await Promise.allSettled(
    told.map((each) => tell(each).catch((error: unknown) => ((isStopped = true), Promise.reject(error)))),
  );
  bar.stop();
  const failure = ends.find(({ status }) => status === "rejected");
  if (failure) throw (failure as PromiseRejectedResult).reason;
  if (isStopped) {
    process.stderr.write("Stopped. Started again in the same way, it goes on from here.\n");
    process.exit(130);
  }
  await history.end();
  const seconds = (performance.now() - begun) / 1_000;
  const { house } = told[0]!;
  const [first] = (await house.crew.people.own.get<{ items: { id: string }[] }>("/v1/cases?first=1&sort=openedAt")).items;
  process.stdout.write(`
${cases} invented cases are there: ${steps} changes in ${seconds.toFixed(1)} s, ${(cases / seconds).toFixed(1)} cases a second. Look at:
  the case list        ${url}/v1/cases?first=20&region=Kigoma
  one case             ${url}/v1/cases/${first!.id}
  what happened to it  ${url}/v1/cases/${first!.id}/history
  as it was last year  ${url}/v1/cases/${first!.id}/state?asOf=2025-11-24T00:00:00Z
  what waits           ${url}/v1/work?first=20
  occupancy by night   ${url}/v1/shelters/${house.shelter}/occupancy?from=2025-06-01&to=2025-06-30
  and the same by GraphQL at ${url}/altair/, with a token from ${url}/sign-in/token
`);
} catch (error) {
  bar.stop();
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
