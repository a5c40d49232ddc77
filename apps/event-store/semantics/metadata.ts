/** What the metadata of a stream says about which of its events can be read. */
export interface Retention {
  readonly maxCount?: bigint;
  /** In seconds. */
  readonly maxAge?: bigint;
  /** The first revision that can be read; exactly {@link endOfTime} says: the stream is deleted. */
  readonly truncateBefore?: bigint;
}

/** The greatest revision: `$tb` of a deleted stream, and the revision of a tombstone. */
export const endOfTime = 2n ** 63n - 1n;

/** The metadata by which a stream is deleted. */
export const deletion = Buffer.from(`{"$tb":${endOfTime}}`);

const integers = ["$maxCount", "$maxAge", "$tb", "$cacheControl"];
const defaultLists = ["$userStreamAcl", "$systemStreamAcl"];
const rights = ["$r", "$w", "$d", "$mr", "$mw"];

/** Reads the last event of a metadata stream (null: none, or not JSON). A wrong type in a known key voids every key. */
export function retentionOf(text: Buffer | null): Retention {
  const json = validMetadataOf(text);
  const values = integers.map((key) => (key in json ? integerOf(json[key]) : undefined));
  const [maxCount, maxAge, truncateBefore] = values as (bigint | undefined)[];
  return {
    ...(maxCount !== undefined && maxCount > 0n && { maxCount }),
    ...(maxAge !== undefined && maxAge > 0n && { maxAge }),
    ...(truncateBefore !== undefined && truncateBefore >= 0n && { truncateBefore }),
  };
}

/** What the metadata says, as long as every key that the store knows has the right type. */
export function validMetadataOf(text: Buffer | null): Readonly<Record<string, unknown>> {
  if (!text) return {};
  const json = objectOf(text);
  const integral = integers.every((key) => !(key in json) || integerOf(json[key]) !== null);
  return integral && (!("$acl" in json) || isAccessList(json["$acl"])) ? json : {};
}

/** The settings of the store: JSON, null or otherwise; lists of which one is not valid are as if they were not there. */
export function validSettingsOf(text: Buffer | null): Readonly<Record<string, unknown>> {
  const json = objectOf(text);
  return defaultLists.every((key) => !(key in json) || isAccessList(json[key])) ? json : {};
}

/** The same metadata for a stream that begins again at a revision. */
export const undeleted = (text: Buffer | null, first: bigint): Buffer =>
  Buffer.from(
    JSON.stringify({ ...objectOf(text), $tb: first }, (_, value: unknown) => (typeof value === "bigint" ? digitsOf(value) : value)),
  );

// The compiler's library does not know these of JSON yet.
const parse = JSON.parse as (text: string, read: (key: string, value: unknown, context: { source?: string }) => unknown) => unknown;
const { rawJSON } = JSON as unknown as { rawJSON(this: void, text: string): unknown };
const digitsOf = (value: bigint): unknown => rawJSON(String(value));

/** Integers are read exactly, as bigint: those beyond 2^53 would lose digits. */
function objectOf(text: Buffer | null): Record<string, unknown> {
  try {
    const json = parse(text?.toString("utf8") ?? "", (_, value, { source }) =>
      typeof value === "number" && /^-?\d+$/.test(source!) ? BigInt(source!) : value,
    );
    return typeof json === "object" && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Null where it is no integer of 64 bits. */
const integerOf = (value: unknown): bigint | null => (typeof value === "bigint" && BigInt.asIntN(64, value) === value ? value : null);

const isAccessList = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).every(([right, who]) => rights.includes(right) && isRoles(who));

const isRoles = (who: unknown): boolean => typeof who === "string" || (Array.isArray(who) && who.every((role) => typeof role === "string"));
