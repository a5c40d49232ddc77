import { appendFileSync, readFileSync } from "node:fs";

/** Notes each of its lives in a file. `crash` ends at once, `fading` as soon as it was ready; `steady` says it is ready and stays; `stubborn` does not listen to SIGTERM. */
const [kind, notes] = process.argv.slice(2) as [string, string];
appendFileSync(notes, `${process.pid}\n`);
const life = readFileSync(notes, "utf8").trim().split("\n").length;

if (kind === "crash") {
  process.stderr.write("cannot reach the database\n");
  process.exit(1);
}
setInterval(() => {}, 1_000);
process.on("SIGTERM", () => kind === "stubborn" || process.exit(0));
process.on("disconnect", () => process.exit(0));
process.send!({ ready: `life ${life}` }, () => {
  if (kind !== "fading") return;
  process.stderr.write("cannot reach the database\n");
  process.exit(1);
});
