import { readFileSync } from "node:fs";
import { type CleanedEnv, customCleanEnv, EnvMissingError, type ValidatorSpec } from "envalid";
import { CannotStart } from "./cannot-start.js";

type Environment = Readonly<Record<string, string | undefined>>;
type Spec = Readonly<Record<string, ValidatorSpec<unknown>>>;

/** The environment does not say what it must. Each line names one variable and what it should be; values are never shown. */
export class ConfigurationError extends CannotStart {
  constructor(readonly lines: readonly string[]) {
    super("ConfigurationError", `The configuration is not complete:\n${lines.map((line) => `  ${line}`).join("\n")}`);
  }
}

/** What a validator throws to say why a value cannot be used: the message is shown and must hold nothing of the value. Empty: it says nothing. */
export class NotUsable extends Error {}

const readSecret = (path: string): string => readFileSync(path, "utf8").trimEnd();

/**
 * The variables of `spec` (envalid validators, see variables.ts) as typed values.
 * `NAME_FILE` may stand for `NAME`: the value is then the content of that file, as Docker and Kubernetes hand out secrets.
 * Throws {@link ConfigurationError} that lists every wrong variable at once.
 */
export function readConfig<S extends Spec>(spec: S, environment: Environment = process.env, read = readSecret): Readonly<CleanedEnv<S>> {
  const wrong: string[] = [];
  const values: Record<string, string | undefined> = { ...environment };
  for (const name in spec) {
    const file = environment[`${name}_FILE`];
    if (!file) continue;
    if (environment[name]) wrong.push(`${name} and ${name}_FILE are both set: set one of them.`);
    else
      try {
        values[name] = read(file);
      } catch {
        wrong.push(`${name}_FILE names a file that cannot be read.`);
        values[name] = undefined;
      }
  }
  return customCleanEnv<S, CleanedEnv<S>>(values, spec, (cleaned) => cleaned as CleanedEnv<S>, {
    reporter: ({ errors }) => {
      for (const [name, error] of Object.entries(errors)) {
        if (wrong.some((line) => line.startsWith(name))) continue;
        const why = error instanceof NotUsable && error.message ? `: ${error.message}` : "";
        wrong.push(`${name} ${error instanceof EnvMissingError ? "is not set" : `is not valid${why}`}${expected(spec[name]!)}.`);
      }
      if (wrong.length) throw new ConfigurationError(wrong);
    },
  });
}

const expected = ({ desc, example, choices }: ValidatorSpec<unknown> & { desc?: string; example?: string }): string => {
  const what = desc ? `: it must be ${desc}` : "";
  const which = choices ? `, one of ${choices.join(", ")}` : "";
  return what + which + (example ? `, for example ${example}` : "");
};
