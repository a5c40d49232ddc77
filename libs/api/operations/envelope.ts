import { isUuid } from "#platform/values/ids.js";
import { malformed } from "#platform/http/problem.js";
import { isInstant, utc, years } from "#platform/values/time.js";
import { lateReasons, type LateReason } from "../changes/late-entry.js";
import type { DraftReference } from "../drafts/draft-store.js";
import type { Envelope } from "./operation.js";

/** No log is longer: positions are kept in 64 bits, with a sign. */
const mostPosition = 2n ** 63n - 1n;
/** A worker's clock may run ahead of ours by this much, milliseconds. */
const skew = 60_000;

/** The envelope as it came. */
export interface EnvelopeFields {
  readonly key?: string | undefined;
  readonly revision?: string | undefined;
  readonly occurredAt?: string | undefined;
  readonly lateReason?: string | undefined;
  readonly draft?: string | undefined;
  readonly after?: string | undefined;
}

/** What a protocol calls the parts of the envelope. */
export type Names = { readonly [K in keyof EnvelopeFields]-?: string };

/** The envelope, as REST headers or GraphQL arguments tell it. Names in problems are those of the protocol it came by. */
export function readEnvelope(fields: EnvelopeFields, names: Names, now: Date): Envelope {
  return {
    key: fields.key === undefined ? undefined : keyOf(fields.key, names.key),
    revision: fields.revision === undefined ? undefined : revisionOf(fields.revision, names.revision),
    occurredAt: fields.occurredAt === undefined ? undefined : occurredAtOf(fields.occurredAt, names.occurredAt, now),
    lateReason: fields.lateReason === undefined ? undefined : lateReasonOf(fields.lateReason, names.lateReason),
    draft: fields.draft === undefined ? undefined : draftOf(fields.draft, names.draft),
    after: fields.after === undefined ? undefined : positionOf(fields.after, names.after),
  };
}

function keyOf(text: string, name: string): string {
  if (!isUuid(text)) throw malformed(name, "a UUID, new for every change and the same when it is sent again");
  return text.toLowerCase();
}

function revisionOf(text: string, name: string): bigint {
  const digits = /^(?:(?:W\/)?"(\d{1,18})"|(\d{1,18}))$/.exec(text);
  if (!digits) throw malformed(name, 'the revision you last read, such as "4"');
  return BigInt(digits[1] ?? digits[2]!);
}

function occurredAtOf(text: string, name: string, now: Date): string {
  if (!isInstant(text)) throw malformed(name, `an instant from the year ${years.first} on, such as 2026-01-31T08:00:00Z`);
  if (Date.parse(text) > now.getTime() + skew) throw malformed(name, "an instant that is not in the future");
  return utc(text);
}

function lateReasonOf(text: string, name: string): LateReason {
  const reason = lateReasons.find((each) => each === text);
  if (!reason) throw malformed(name, `one of ${lateReasons.join(", ")}`);
  return reason;
}

function draftOf(text: string, name: string): DraftReference {
  const [, id = "", revision] = /^([0-9a-fA-F-]{36})\/(\d{1,9})$/.exec(text) ?? [];
  if (!isUuid(id)) throw malformed(name, "the `reference` of a draft of yours");
  return { id: id.toLowerCase(), revision: Number(revision) };
}

/** A position, as a header or an argument tells it. `name` is the one in the problem. */
export function positionOf(text: string, name: string): bigint {
  const position = /^\d{1,20}$/.test(text) ? BigInt(text) : mostPosition + 1n;
  if (position > mostPosition) throw malformed(name, "the position that a change was answered with");
  return position;
}
