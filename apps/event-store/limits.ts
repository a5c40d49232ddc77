/** What one client, one user and all of them may take up. Sizes in bytes, times in seconds. */
export interface StoreLimits {
  readonly connections: number;
  readonly connectionsPerAddress: number;
  /** Calls under way on one connection, subscriptions among them. */
  readonly callsPerConnection: number;
  /** Calls under way from one address of whoever has not signed in, or is about to. */
  readonly unsignedCallsPerAddress: number;
  readonly subscriptionsPerConnection: number;
  readonly subscriptionsPerUser: number;
  /** One append in all: names, types and metadata count. The data alone is held to the protocol's 1 MiB. */
  readonly appendBytes: number;
  /** Any other request. */
  readonly requestBytes: number;
  /** What has come of appends and other requests that are not done with, of all users and of one. */
  readonly pendingBytes: number;
  readonly pendingBytesPerUser: number;
  /** A request that has not come wholly by then is ended. */
  readonly requestSeconds: number;
  /** How often a connection is asked whether its client is there, and how long it has to answer. */
  readonly keepaliveSeconds: number;
  readonly keepaliveTimeoutSeconds: number;
  /** A reader that takes nothing for so long, while something waits for it, is ended. */
  readonly stuckSeconds: number;
  /** Wrong passwords from one address in a minute; beyond, none is looked at. */
  readonly wrongPasswords: number;
  /** Passwords of one address, and of all, that wait to be looked at. */
  readonly passwordsWaitingPerAddress: number;
  readonly passwordsWaiting: number;
}

const mebibyte = 1_024 * 1_024;

export const defaultLimits: StoreLimits = {
  connections: 1_000,
  connectionsPerAddress: 250,
  callsPerConnection: 1_000,
  unsignedCallsPerAddress: 200,
  subscriptionsPerConnection: 1_000,
  subscriptionsPerUser: 2_000,
  appendBytes: 16 * mebibyte,
  requestBytes: mebibyte,
  pendingBytes: 256 * mebibyte,
  pendingBytesPerUser: 64 * mebibyte,
  requestSeconds: 60,
  keepaliveSeconds: 10,
  keepaliveTimeoutSeconds: 20,
  stuckSeconds: 120,
  wrongPasswords: 30,
  passwordsWaitingPerAddress: 20,
  passwordsWaiting: 100,
};

/** Reads `name=value` into the limits. Throws a sentence where there is no such limit, or its value is no number above 0. */
export function withLimit(text: string, limits: Partial<StoreLimits> = {}): Partial<StoreLimits> {
  const [, name = text, value = ""] = /^(\w+)=(.*)$/.exec(text) ?? [];
  if (!Object.hasOwn(defaultLimits, name))
    throw new Error(`There is no limit ${name}. Name one of: ${Object.keys(defaultLimits).join(", ")}.`);
  if (!/^[1-9]\d{0,11}$/.test(value)) throw new Error(`The limit ${name} is a whole number above 0.`);
  return { ...limits, [name]: Number(value) };
}
