import { aggregate, slice, type Rule } from "#kernel/kernel.js";
import type { Permission } from "./decide.js";

// Fact: codes and ids only

export type DenialFact = { type: "AskedInVain"; data: Denial & { by: string } };

/** What somebody asked in vain: for a record that is not there, or not for her. Nothing here tells which. */
export interface Denial extends Pick<Permission, "act" | "on"> {
  /** The kind of record, such as `case`, and its id. */
  readonly kind: string;
  readonly record: string;
  /** The operation's name. */
  readonly route: string;
}

// State

/** How often somebody has asked in vain. */
export const denialCount = slice<DenialFact>()<number>(0, { AskedInVain: (count) => count + 1 });

/**
 * What one person asked in vain on one day: stream `denials-<uuid>`. It is hers and not the record's, so that it costs the same whether the
 * record is there or not, and nobody learns that by how long an answer takes.
 */
export const denials = aggregate("denials", { denialCount });

// Rule: every time counts

export const recordDenial: Rule<object, Denial, DenialFact> = (_, { act, on, kind, record, route }, { actor }) => [
  { type: "AskedInVain", data: { act, on, kind, record, route, by: actor.id } },
];
