import { subjectOf } from "./stream.js";

/** Who asks. `system`: the store without users, which is open to its own machine. */
export type StoreCaller = { readonly login: string; readonly groups: readonly string[] } | "anonymous" | "system";

export type Right = "read" | "write" | "delete" | "readMetadata" | "writeMetadata";

/** Who has which right to a stream; a right that it does not name keeps its default. */
export type AccessList = Readonly<Partial<Record<Right, readonly string[]>>>;

const keys: Readonly<Record<Right, string>> = { read: "$r", write: "$w", delete: "$d", readMetadata: "$mr", writeMetadata: "$mw" };
const admins = "$admins";
/** Who may look after groups beside the admins. */
const operators = "$ops";
/** Everybody who has signed in. */
const everybody = "$all";

/** What is written in the metadata of a stream, or in the settings; {} where there is nothing or it is not valid. */
type Written = Readonly<Record<string, unknown>>;

/** The list of a stream: right by right what its metadata says, else what the settings say of all streams of its kind. */
export const accessListFor = (stream: string, metadata: Written, settings: Written): AccessList => ({
  ...listOf(settings[stream.startsWith("$") ? "$systemStreamAcl" : "$userStreamAcl"]),
  ...listOf(metadata["$acl"]),
});

function listOf(written: unknown): AccessList {
  const list = (written ?? {}) as Record<string, string | readonly string[]>;
  const named = (Object.keys(keys) as Right[]).filter((right) => list[keys[right]] !== undefined);
  return Object.fromEntries(named.map((right) => [right, [list[keys[right]]!].flat()]));
}

/** The stream whose list decides, and the right that it takes: to read or write `$$s` is a right to the metadata of `s`. */
export function decidedBy(stream: string, right: Right): { stream: string; right: Right } {
  const subject = subjectOf(stream);
  if (subject === null) return { stream, right };
  return { stream: subject, right: right === "read" ? "readMetadata" : "writeMetadata" };
}

/** May the caller do this to the stream? Streams of the store's own (`$...`, `$all` with them) are for admins unless their list says otherwise. */
export function mayUse(caller: StoreCaller, stream: string, right: Right, list: AccessList): boolean {
  if (caller === "system") return true;
  if (caller === "anonymous") return false;
  const roles = list[right] ?? (stream.startsWith("$") ? [admins] : [everybody]);
  return [caller.login, ...caller.groups, everybody].some((role) => roles.includes(role)) || caller.groups.includes(admins);
}

/** May the caller make, change and remove groups, or restart them all, or scavenge? */
export const mayManageGroups = (caller: StoreCaller): boolean =>
  caller === "system" || (caller !== "anonymous" && (caller.groups.includes(admins) || caller.groups.includes(operators)));

/** May the caller make, change and remove users? */
export const mayManageUsers = (caller: StoreCaller): boolean => typeof caller === "object" && caller.groups.includes(admins);

/** May the caller see what groups there are, and how they are doing? */
export const mayWatchGroups = (caller: StoreCaller): boolean => caller !== "anonymous";
