import { IsIn } from "class-validator";
import { Described } from "#kernel/described.js";
import { restingOn, type Entry } from "#kernel/corrections.js";
import { require, slice, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { IsId } from "#platform/values/ids.js";
import { Optional } from "#platform/values/optional.js";
import { mistakeReasons, type MistakeReason } from "./vocabulary.js";

// Facts

/** `entry`: the id of the fact; `replacement`: of the one that was entered in its place. */
export type CorrectionFact = {
  type: "EntryMarkedErroneous";
  data: { entry: string; reason: MistakeReason; replacement?: string | undefined };
};

// State

export interface MarkedEntry {
  readonly entry: string;
  readonly reason: MistakeReason;
  readonly replacement: string | null;
}
/** Which entries were mistakes. What they told is in no part of the state. */
export type Corrections = readonly MarkedEntry[];

export const corrections = slice<CorrectionFact>()<Corrections>([], {
  EntryMarkedErroneous: (state, { entry, reason, replacement = null }) => [...state, { entry, reason, replacement }],
});

// Requests

@Refuses("EntryNotCorrectable", "EntryUnknown", "NotTheAuthor", "OthersRestOnIt", "ReplacementUnknown", "UnsaidByOneself")
export class MarkEntryErroneous {
  @Described("Which one, by its id in the history") @IsId() entry!: string;
  @Described("Why") @IsIn(mistakeReasons) reason!: MistakeReason;
  @Described("The entry that was made in its place, by its id in the history") @Optional() @IsId() replacement?: string;
}

// Rules

/**
 * What tells that she is in danger, or needs urgent care: whoever told it replaces it, or a supervisor looks at whether it may go. Care that somebody
 * has unsaid would keep nobody from ending her support.
 */
const isOfDanger = ({ type, data }: Entry): boolean =>
  type === "RiskAssessed" || type === "SecurityIncidentReported" || (type === "ServiceRequested" && data["urgentStep"] !== undefined);

/**
 * An entry that should not be there stays in the history and counts nowhere from then on. Not every entry may be marked: a no of hers, a wall,
 * and what others have acted on are answered by a new entry (7, 23 of the domain reference). Whoever made it may mark it, and a supervisor; what
 * rests on it is marked first. `correctable`: which types may be marked, and what rests on each.
 */
export const markEntryErroneousWith =
  (
    correctable: () => Readonly<Record<string, readonly string[]>>,
  ): Rule<{ entries: readonly Entry[] }, MarkEntryErroneous, CorrectionFact> =>
  ({ entries }, { entry, reason, replacement }, { actor }) => {
    const found = entries.find(({ id }) => id === entry);
    require(found, "EntryUnknown");
    if (found.marked) return [];
    const resting = Object.hasOwn(correctable(), found.type) ? correctable()[found.type] : undefined;
    require(resting, "EntryNotCorrectable", { type: found.type });
    const isOwn = found.by.id === actor.id;
    require(isOwn || actor.role === "supervisor", "NotTheAuthor");
    require(!isOfDanger(found) || replacement !== undefined || !isOwn, "UnsaidByOneself");
    const others = restingOn(found, entries, resting);
    require(others.length === 0, "OthersRestOnIt", { entries: others.map(({ id }) => id).join(", ") });
    const other = entries.find(({ id }) => id === replacement);
    require(replacement === undefined || (other && other.type === found.type && other !== found && !other.marked), "ReplacementUnknown");
    return [{ type: "EntryMarkedErroneous", data: { entry, reason, replacement } }];
  };
