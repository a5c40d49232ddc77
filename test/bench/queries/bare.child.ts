import "reflect-metadata";
import { openReading } from "#projection/read/reading.js";
import { rate } from "../measure.js";
import { questions } from "./questions.js";

/** Asks Postgres itself, over a pool like the api's, and tells its parent how long that took. */
const reading = openReading(process.argv[2]!);
interface Round {
  readonly kind: string;
  readonly cases: number;
  readonly count: number;
  readonly inFlight: number;
}

async function measure({ kind, cases, count, inFlight }: Round): Promise<void> {
  const taken = await rate(count, inFlight, async () => {
    for (const statement of questions[kind]!(cases).bare) await reading.query({ ...statement, values: [...statement.values] });
  });
  process.send!(taken);
}

process.on("message", (round: Round) => void measure(round));
process.send!("ready");
