import { createRequire } from "node:module";

/** What the client understands after the `?`, without regard to case, `-` and `_`. */
const options = [
  ...["tls", "tlsCAFile", "userCertFile", "userKeyFile", "connectionName", "defaultDeadline", "keepAliveInterval", "keepAliveTimeout"],
  ...["nodePreference", "maxDiscoverAttempts", "discoveryInterval", "gossipTimeout", "throwOnAppendFailure"],
];
const flat = (name: string): string => name.trim().toLowerCase().replaceAll(/[_-]/g, "");
const known = new Set(options.map(flat));

/**
 * Why nothing can be reached at this address of the event store, empty where that goes without saying; null: the client can read it. What is
 * said holds nothing of the address, which may hold a password.
 */
export function addressFault(address: string): string | null {
  if (/^(kurrentdb|kurrent|kdb)(\+discover)?:/.test(address))
    return "the client does not know kurrentdb:, write esdb: or esdb+discover: before the same hosts and options";
  if (!/^esdb(\+discover)?:/.test(address)) return "";
  const given = [...address.slice(address.indexOf("?")).matchAll(/[?&]([^=]+)=[^&?]+/gy)].map(([, name]) => flat(name!));
  if (given.includes("tlsverifycert"))
    return "the client verifies every certificate, tlsVerifyCert has no effect: name the authority by tlsCAFile";
  // Of an option that it does not know the client would only warn, and print the whole address with its password.
  if (!given.every((name) => known.has(name))) return `it holds an option that the client does not know; there are ${options.join(", ")}`;
  try {
    // It is read by the client itself. Loaded here: a program that only starts others has no use for a client.
    const { EventStoreDBClient } = createRequire(import.meta.url)("@eventstore/db-client") as typeof import("@eventstore/db-client");
    EventStoreDBClient.connectionString(address);
    return null;
  } catch (error) {
    return /File was not found|given with accompanying/.test((error as Error).message)
      ? "a certificate or key file that it names cannot be found"
      : "";
  }
}

/** With options that the address may say otherwise (`defaults`), or not (`always`): of one that is given twice, the client takes the last. */
function withOptions(address: string, defaults: string, always: string): string {
  const [hosts, given] = address.trim().split("?");
  return `${hosts!.replace(/\/+$/, "")}?${[defaults, given, always].filter(Boolean).join("&")}`;
}

/** A node that stands still must not hold up for long who looks for another one; a conflict must never look like an append that succeeded. */
export const prompt = (address: string): string => withOptions(address, "gossipTimeout=2", "throwOnAppendFailure=true");

/** Whatever the address prefers: the leader. */
export const atLeader = (address: string): string => withOptions(address, "", "nodePreference=leader");
