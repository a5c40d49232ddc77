import { resolve } from "node:path";
import { str } from "envalid";
import { folderOfRoot } from "#platform/configuration/addresses.js";
import { ConfigurationError, readConfig } from "#platform/configuration/config.js";
import { closedTo, postgresAccount } from "#platform/process/system-account.js";
import { variables } from "#platform/configuration/variables.js";

const { EVENTSTORE_URL, DATABASE_URL, KEYRING_URL, KEY_FILE, DEMO_SIGN_IN, OIDC_ISSUER, SIGN_IN_KEY_FILE, PORT } = variables;

/** What may be set for the one command that starts everything; nothing has to be. */
export const settings = {
  EVENTSTORE_URL: { ...EVENTSTORE_URL, default: undefined },
  DATABASE_URL: { ...DATABASE_URL, default: undefined },
  KEYRING_URL: { ...KEYRING_URL, default: undefined },
  KEY_FILE: { ...KEY_FILE, default: undefined },
  HIFADHI_DATA: str({ desc: "the folder for everything the embedded servers keep", default: undefined }),
  DEMO_SIGN_IN: { ...DEMO_SIGN_IN, default: undefined },
  OIDC_ISSUER,
  SIGN_IN_KEY_FILE,
  PORT,
};

/** Its settings, with what follows from them. @throws ConfigurationError that lists every wrong one */
export function configuration(environment: NodeJS.ProcessEnv) {
  const set = readConfig(settings, environment);
  if (set.DATABASE_URL && !set.KEYRING_URL)
    throw new ConfigurationError([`KEYRING_URL is not set: with DATABASE_URL it must be the Postgres url of the keyring database.`]);
  const demo = set.DEMO_SIGN_IN ?? !set.OIDC_ISSUER;
  if (demo && environment["NODE_ENV"] === "production")
    throw new ConfigurationError(["OIDC_ISSUER is not set: in production people sign in at a real issuer, the built-in one is refused."]);
  return { ...set, DEMO_SIGN_IN: demo };
}

export type Configuration = ReturnType<typeof configuration>;

/** `HIFADHI_DATA`, else `./data`; or /var/lib/hifadhi where root starts it in a folder that the database's account cannot enter. */
export async function dataFolder({ HIFADHI_DATA, DATABASE_URL, EVENTSTORE_URL }: Configuration): Promise<string> {
  if (HIFADHI_DATA) return resolve(HIFADHI_DATA);
  const account = DATABASE_URL && EVENTSTORE_URL ? undefined : await postgresAccount();
  return account && (await closedTo(account, process.cwd())) ? folderOfRoot : resolve("data");
}
