import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { breaks, formsOfToday, type Form } from "./forms.js";

// Writes the JSON Schema of each fact into its newest sample. A form that was written before is only ever widened.

const newest = (type: string): string | undefined =>
  globSync(join("test", "history", "*", `${type}.v*.json`))
    .toSorted()
    .at(-1);

for (const [type, form] of formsOfToday()) {
  const file = newest(type);
  if (!file) {
    process.stderr.write(`${type} has no sample: write test/history/<aggregate>/${type}.v1.json\n`);
    process.exitCode = 1;
    continue;
  }
  const sample = JSON.parse(readFileSync(file, "utf8")) as { form?: Form };
  const broken = sample.form ? breaks(sample.form, form) : [];
  if (broken.length > 0) {
    process.stderr.write(
      `${file} could no longer be read:\n  ${broken.join("\n  ")}\nGive the slice an upcast, and write a sample of the next version.\n`,
    );
    process.exitCode = 1;
  } else if (JSON.stringify(sample.form) !== JSON.stringify(form)) {
    writeFileSync(file, `${JSON.stringify({ ...sample, form }, null, 2)}\n`);
    process.stdout.write(`${file}: form written\n`);
  }
}
