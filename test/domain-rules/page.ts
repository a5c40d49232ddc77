import { readFileSync } from "node:fs";
import { rules } from "./rules.js";
import { refusingIn } from "./sources.js";

/** The page of the reference that says which rule of the field is kept where. */
export function domainCoverage(): string {
  const lines = rules.map(({ source, says, file, code, spec }) => {
    const functions = [...new Set(refusingIn(readFileSync(file, "utf8"), code).map(({ within }) => within))];
    if (functions.length === 0) throw new Error(`${file} refuses nothing with ${code}`);
    return `| ${source} | ${says} | ${functions.map((name) => `[\`${name}\`](../../${file})`).join(", ")} | \`${code}\` | [\`${spec.replace("libs/", "")}\`](../../${spec}) |`;
  });
  return `<!-- Made from the code by \`npm run documents\`; \`npm run domain-coverage\` takes each rule away and sees its examples go red. -->

# Which rule of the field is kept where

What an instrument, a stage of a case or a requirement of those who protect survivors asks for, the function that keeps it, with what it is refused, and the examples that go red where it is taken away. \`npm run domain-coverage\` takes each away in turn, and runs those examples.

| source | rule | kept by | refused with | examples |
| --- | --- | --- | --- | --- |
${lines.join("\n")}
`;
}
