import { readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { writeOwnFile } from "../process/own-file.js";

/** The variables that name the servers which `npm start` runs itself, unless they are set. */
export interface Addresses {
  readonly EVENTSTORE_URL: string;
  readonly DATABASE_URL: string;
  readonly KEYRING_URL: string;
  readonly KEY_FILE: string;
}

/** The data folder where root starts everything in a folder that the database's account cannot enter. */
export const folderOfRoot = "/var/lib/hifadhi";

const fileIn = (folder: string): string => join(resolve(folder), "addresses.json");

/** Tells the commands of this account where the servers of a data folder are, with passwords that are theirs until they stop. */
export function tellAddresses(folder: string, { EVENTSTORE_URL, DATABASE_URL, KEYRING_URL, KEY_FILE }: Addresses): () => void {
  writeOwnFile(fileIn(folder), JSON.stringify({ EVENTSTORE_URL, DATABASE_URL, KEYRING_URL, KEY_FILE }));
  return () => rmSync(fileIn(folder), { force: true });
}

/** The environment of a command: where it names no server, those that `npm start` runs on the data folder, if it does. */
export function withAddresses(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { EVENTSTORE_URL, DATABASE_URL, HIFADHI_DATA } = environment;
  if (EVENTSTORE_URL || DATABASE_URL) return environment;
  for (const folder of HIFADHI_DATA ? [HIFADHI_DATA] : ["data", folderOfRoot]) {
    const addresses = read(fileIn(folder));
    if (addresses) return { ...environment, ...addresses };
  }
  return environment;
}

function read(file: string): Addresses | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Addresses;
  } catch {
    return null;
  }
}
