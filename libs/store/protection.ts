/** JSON as it is stored. */
export type Json = Readonly<Record<string, unknown>>;

/** Whoever has this group at the event store may read the application's streams, `$all` with them, and write nothing. */
export const readers = "readers";

/** The last event of this stream says who may do what with streams that have no list of their own. */
export const settingsStream = "$settings";

/** What the last event of a stream has to be. */
export interface Protection {
  readonly stream: string;
  readonly type: string;
  readonly body: Json;
}

const list = (value: unknown): string[] => (value === undefined ? [] : ([value].flat() as string[]));
const reading = (metadata: Json = {}, who: readonly string[]): Json => {
  const acl = (metadata["$acl"] ?? {}) as Json;
  return { ...metadata, $acl: { ...acl, $r: [...new Set([...list(acl["$r"]), ...who])] } };
};

/** Who may do what with a stream of the application: its account alone writes, and nobody but an administrator deletes or truncates. */
const streams = (application: string): Json => ({
  $r: [application, readers],
  $w: [application],
  $d: [],
  $mr: [application, readers],
  $mw: [],
});

/**
 * What protects the streams of an application: the default access list of the store, which binds the streams that will come, too; the
 * right to read `$all`; and the right to see whether this is so. What else these streams say stays. `last`: the bodies of their last events.
 */
export const protectionOf = (application: string, last: Readonly<Record<string, Json | undefined>>): Protection[] => [
  { stream: settingsStream, type: "update-default-acl", body: { ...last[settingsStream], $userStreamAcl: streams(application) } },
  { stream: `$$${settingsStream}`, type: "$metadata", body: reading(last[`$$${settingsStream}`], [application]) },
  { stream: "$$$all", type: "$metadata", body: reading(last["$$$all"], [application, readers]) },
];

/** The streams whose last events protect the application's. */
export const protecting: readonly string[] = protectionOf("", {}).map(({ stream }) => stream);

const isNone = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** Whether these settings let the application's account alone write, and nobody delete or truncate. */
export function isProtected(application: string, settings: Json): boolean {
  const acl = (settings["$userStreamAcl"] ?? {}) as Json;
  const writers = list(acl["$w"]);
  return writers.length === 1 && writers[0] === application && isNone(acl["$d"]) && isNone(acl["$mw"]);
}
