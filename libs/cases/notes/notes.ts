import { IsBoolean, IsIn, IsString, MaxLength, MinLength } from "class-validator";
import { forOne } from "#access/for-one.js";
import { Personal } from "#access/personal.js";
import { Described } from "#kernel/described.js";
import { require, requireNotBefore, slice, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { IsId } from "#platform/values/ids.js";
import { Optional } from "#platform/values/optional.js";
import type { Intake } from "../intake/intake.js";
import { WithSource, fromUnknown, sourceOf, type KnownFrom } from "../known-from.js";
import { requireOpen, type Openness } from "../open.js";
import { noteClasses, retractionReasons, type NoteClass, type RetractionReason } from "./vocabulary.js";

// Facts

export type NoteFact =
  | {
      type: "NoteAdded";
      data: { note: string; about: NoteClass; knownFrom?: KnownFrom | undefined; authorOnly: boolean };
      /** What its author alone is to read, under a class that names her. */
      personal: Record<string, { [Class in NoteClass]?: { text: string } }>;
    }
  | { type: "NoteRetracted"; data: { note: string; reason: RetractionReason } };

// State

export interface KnownNote {
  readonly note: string;
  readonly author: string;
  readonly at: Instant;
  readonly retracted: boolean;
}
export type Notes = readonly KnownNote[];

/** Those of the first versions are read by whoever may read their class. */
const readByHerTeam = (data: object) => ({ ...data, authorOnly: false });

export const notes = slice<NoteFact>()<Notes>(
  [],
  {
    NoteAdded: (state, { note }, { at, by }) => [...state, { note, author: by.id, at, retracted: false }],
    NoteRetracted: (state, { note }) => state.map((each) => (each.note === note ? { ...each, retracted: true } : each)),
  },
  { NoteAdded: [fromUnknown, readByHerTeam] },
);

// Requests

@Refuses("CaseNotOpen", "OneNoteAtATime")
export class AddNote extends WithSource {
  @Optional() @Personal("narrative") @IsString() @MinLength(1) @MaxLength(10_000) narrative?: string;
  @Optional() @Personal("health") @IsString() @MinLength(1) @MaxLength(10_000) health?: string;
  @Optional() @Personal("psychosocial") @IsString() @MinLength(1) @MaxLength(10_000) psychosocial?: string;
  @Optional() @Personal("legal") @IsString() @MinLength(1) @MaxLength(10_000) legal?: string;
  @Optional() @Personal("safety") @IsString() @MinLength(1) @MaxLength(10_000) safety?: string;
  @Described("Nobody is ever to read it but who writes it, whatever she may see") @Optional() @IsBoolean() authorOnly?: boolean;
}
@Refuses("NoteUnknown", "NotTheAuthor")
export class RetractNote {
  @Described("Which one") @IsId() note!: string;
  @Described("Why") @IsIn(retractionReasons) reason!: RetractionReason;
}

// Rules

type Needs = { notes: Notes; intake: Intake; closure: Openness };

/**
 * A note says one thing in one class, so that nobody reads of her health who only may read her story. The most intimate is for its author alone, where
 * she says so.
 */
export const addNote: Rule<Needs, AddNote, NoteFact> = ({ intake, closure }, request, { at, now, actor, newId }) => {
  requireOpen(closure, at, now);
  const told = noteClasses.filter((each) => request[each] !== undefined);
  const [about] = told;
  require(about !== undefined && told.length === 1, "OneNoteAtATime");
  const { authorOnly = false } = request;
  const dataClass = authorOnly ? forOne(about, actor.id) : about;
  const personal = { [intake.subject]: { [dataClass]: { text: request[about]! } } };
  return [{ type: "NoteAdded", data: { note: newId(), about, ...sourceOf(request), authorOnly }, personal }];
};

/** By whoever wrote it, with a reason; that it was there stays in the history. */
export const retractNote: Rule<Needs, RetractNote, NoteFact> = ({ notes }, { note, reason }, { at, actor }) => {
  const found = notes.find((each) => each.note === note);
  require(found, "NoteUnknown");
  require(found.author === actor.id, "NotTheAuthor");
  requireNotBefore(at, found.at);
  return found.retracted ? [] : [{ type: "NoteRetracted", data: { note, reason } }];
};
