import { resolve } from "node:path";
import { str } from "envalid";
import { folderOfRoot } from "#platform/configuration/addresses.js";
import { ConfigurationError, readConfig } from "#platform/configuration/config.js";
import { closedTo, postgresAccount } from "#platform/process/system-account.js";
import { variables } from "#platform/configuration/variables.js";

const { EVENTSTORE_URL, DATABASE_URL, KEYRING_URL, KEY_FILE, OIDC_ISSUER, PUBLIC_URL, SIGN_IN_KEY_FILE, PORT } = variables;

/** What may be set for the one command that starts everything; nothing has to be. */
export const settings = {
  EVENTSTORE_URL: { ...EVENTSTORE_URL, default: undefined },
  DATABASE_URL: { ...DATABASE_URL, default: undefined },
  KEYRING_URL: { ...KEYRING_URL, default: undefined },
  KEY_FILE: { ...KEY_FILE, default: undefined },
  HIFADHI_DATA: str({ desc: "the folder for everything the embedded servers keep", default: undefined }),
  OIDC_ISSUER,
  PUBLIC_URL,
  SIGN_IN_KEY_FILE,
  PORT,
};

/** Its settings, with what follows from them. `demo`: with invented people, as `--demo` asks. @throws ConfigurationError that lists every wrong one */
export function configuration(environment: NodeJS.ProcessEnv, demo = false) {
  const set = readConfig(settings, environment);
  if (set.DATABASE_URL && !set.KEYRING_URL)
    throw new ConfigurationError([`KEYRING_URL is not set: with DATABASE_URL it must be the Postgres url of the keyring database.`]);
  const inProduction = environment["NODE_ENV"] === "production";
  if (demo && inProduction)
    throw new ConfigurationError(["--demo must not be used in production: everybody knows the password of its people."]);
  if (demo && set.OIDC_ISSUER)
    throw new ConfigurationError(["OIDC_ISSUER is set: the people of a demo sign in nowhere else. Leave one of both out."]);
  return { ...set, DEMO_SIGN_IN: demo, BUILT_IN_SIGN_IN: !demo && !set.OIDC_ISSUER };
}

export type Configuration = ReturnType<typeof configuration>;

/** `HIFADHI_DATA`, else `./data`; or /var/lib/hifadhi where root starts it in a folder that the database's account cannot enter. */
export async function dataFolder({ HIFADHI_DATA, DATABASE_URL, EVENTSTORE_URL }: Configuration): Promise<string> {
  if (HIFADHI_DATA) return resolve(HIFADHI_DATA);
  const account = DATABASE_URL && EVENTSTORE_URL ? undefined : await postgresAccount();
  return account && (await closedTo(account, process.cwd())) ? folderOfRoot : resolve("data");
}
