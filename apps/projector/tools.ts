import { userInfo } from "node:os";
import { InvalidArgumentError } from "commander";
import { withAddresses } from "#platform/configuration/addresses.js";
import { openPool } from "#platform/postgres/postgres.js";
import { readConfig } from "#platform/configuration/config.js";
import { variables } from "#platform/configuration/variables.js";
import { partitionsOf } from "#projection/run/checkpoints.js";
import { PostgresStore } from "#projection/run/postgres-store.js";
import type { Workshop } from "#projection/watch/run-tasks.js";
import { policyName, type Policy } from "#projection/declare/policy.js";
import { viewName, type View } from "#projection/declare/view.js";
import { keyFromFile } from "#seal/key-encryption-key.js";
import { openSeal } from "#seal/seal.js";
import { Changes } from "#store/changes.js";
import { EventLog } from "#store/event-log.js";
import { dues, policies, views } from "#domain/domain.js";

export interface Tools extends Workshop {
  readonly store: PostgresStore;
  readonly changes: Changes;
}

/** Opens what a command needs, and closes it again. */
export const withTools = async (work: (tools: Tools) => Promise<void>): Promise<void> => {
  const { EVENTSTORE_URL, DATABASE_URL, KEYRING_URL, KEY_FILE, TIME_ZONE } = variables;
  const configuration = readConfig({ EVENTSTORE_URL, DATABASE_URL, KEYRING_URL, KEY_FILE, TIME_ZONE }, withAddresses(process.env));
  // What the application did not write must not be folded here either.
  const seal = await openSeal({ keyringUrl: configuration.KEYRING_URL, key: await keyFromFile(configuration.KEY_FILE) });
  const log = new EventLog(configuration.EVENTSTORE_URL, { marker: seal });
  const pool = openPool(configuration.DATABASE_URL, { max: 4 });
  try {
    const store = new PostgresStore(pool, views, await partitionsOf(pool));
    const changes = new Changes(log, seal, { zone: configuration.TIME_ZONE });
    await work({ log, pool, url: configuration.DATABASE_URL, views, policies, dues, store, changes });
  } finally {
    await Promise.allSettled([log.close(), pool.end(), seal.close()]);
  }
};

export const say = (what: unknown) => void process.stdout.write(`${typeof what === "string" ? what : JSON.stringify(what, null, 2)}\n`);

/** `imani (own word; account hifadhi on the command line)`: nobody signs in here, so it is recorded what was said, and which account of the machine said it. */
export function ownWord(by: string): string {
  if (!/^\S[^\p{Cc}]{0,99}$/u.test(by)) throw new InvalidArgumentError("A name of at most 100 characters in one line is needed.");
  return `${by} (own word; account ${accountOfMachine()} on the command line)`;
}

/** The account of the operating system; its number where it has no name, as in some containers. */
export function accountOfMachine(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "unknown");
  }
}

/** Rows under the names of their columns. */
export function table(rows: readonly object[]): string {
  if (rows.length === 0) return "Nothing.";
  const columns = Object.keys(rows[0]!);
  const cells = [
    columns,
    ...rows.map((row) => columns.map((column) => String((row as Record<string, string | number | null | undefined>)[column] ?? ""))),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((each) => each[index]!.length)));
  return cells.map((each) => each.map((cell, index) => cell.padEnd(widths[index]!)).join("  ")).join("\n");
}

export const viewOf = (name: string): View => {
  const view = views.find((each) => viewName(each) === name || viewName(each).split(" ")[0] === name);
  if (!view) throw new Error(`There is no view ${name}. There are: ${views.map(viewName).join(", ")}.`);
  return view;
};

/** The views of these names, or all where none is named. */
export const viewsOf = (names: readonly string[]): readonly View[] => (names.length > 0 ? names.map(viewOf) : views);

/** `policy:...`; undefined where a view is named. */
export const policyOf = (name: string): Policy<any> | undefined => policies.find((each) => policyName(each) === name);

/** Who is to pass something over, and whether two persons are needed, because something left out would do harm. */
export function skipperOf(name: string): { name: string; needsTwo: boolean } {
  const policy = policyOf(name);
  if (policy) return { name: policyName(policy), needsTwo: false };
  const view = viewOf(name);
  return { name: viewName(view), needsTwo: view.onPoison === "stop" };
}
