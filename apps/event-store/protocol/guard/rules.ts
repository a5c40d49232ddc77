/** How a method's requests are taken. */
export interface MethodRule {
  /** Answers whoever has not signed in, too, if only to refuse in its own way. */
  readonly open: boolean;
  /** Changes something: only once it is certain that the client has sent all of it and not taken it back. */
  readonly changes: boolean;
  /** Messages come for as long as the client likes, each whole in itself. */
  readonly streams: boolean;
  /** Its messages are kept until the handler says that they are done with, or the call ends. */
  readonly keeps: boolean;
  /** Carries events, and is held to their limits instead of that of a plain request. */
  readonly large: boolean;
}

const plain: MethodRule = { open: false, changes: false, streams: false, keeps: false, large: false };
const change: MethodRule = { ...plain, changes: true };

const prefix = "/event_store.client.";
const groups = "persistent_subscriptions.PersistentSubscriptions";

const rules: Readonly<Record<string, MethodRule>> = {
  "streams.Streams/Append": { ...change, keeps: true, large: true },
  "streams.Streams/BatchAppend": { ...plain, open: true, streams: true, keeps: true, large: true },
  "streams.Streams/Delete": change,
  "streams.Streams/Tombstone": change,
  [`${groups}/Read`]: { ...plain, streams: true },
  ...Object.fromEntries(["Create", "Update", "Delete", "ReplayParked", "RestartSubsystem"].map((name) => [`${groups}/${name}`, change])),
  ...Object.fromEntries(
    ["Create", "Update", "Delete", "Disable", "Enable", "ChangePassword", "ResetPassword"].map((name) => [`users.Users/${name}`, change]),
  ),
  ...Object.fromEntries(
    ["StartScavenge", "StopScavenge", "RestartPersistentSubscriptions"].map((name) => [`operations.Operations/${name}`, change]),
  ),
  "server_features.ServerFeatures/GetSupportedMethods": { ...plain, open: true },
  "gossip.Gossip/Read": { ...plain, open: true },
};

/** Whatever is not named changes nothing, and is open to nobody who has not signed in. */
export const ruleOf = (path: string): MethodRule => rules[path.slice(prefix.length)] ?? plain;
