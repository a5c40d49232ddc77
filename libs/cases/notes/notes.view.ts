import { Code, Flag, Inner, Key, Moment, Reference, Text, ViewOf, Words } from "#projection/declare/columns.js";
import { forOne } from "#access/for-one.js";
import { SealedList, Shape } from "#projection/declare/shapes.js";
import { sealedPart, view } from "#projection/declare/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { cases } from "../cases.js";
import { knownFromCodes, type KnownFrom } from "../known-from.js";
import { noteArea as area } from "./areas.js";
import * as codes from "./vocabulary.js";

/** That somebody of her team has written something down. */
@ViewOf("Note", {
  about: ["case", "caseId"],
  concerns: ["case", "caseId"],
  indexes: [
    ["writtenAt", "id"],
    ["caseId", "writtenAt", "id"],
    ["about", "writtenAt", "id"],
    ["author", "writtenAt", "id"],
  ],
})
export class NoteView {
  @Key() id!: string;
  @Reference({ area }) caseId!: string;
  @Text({ area, description: "What it says has the same `fact` in the record of her case" }) fact!: string;
  @Code(codes.noteClasses, { area }) about!: codes.NoteClass;
  @Code(knownFromCodes, { area, description: "From whom or what it is known" }) knownFrom!: KnownFrom;
  @Text({ area, description: "Who wrote it" }) author!: string;
  @Flag({ area, description: "Nobody reads what it says but who wrote it" }) authorOnly!: boolean;
  @Moment({ area }) writtenAt!: string;
  @Moment({ area, optional: true, description: "When it was taken back; null: it stands" }) retractedAt!: string | null;
  @Code(codes.retractionReasons, { area, optional: true }) retractedBecause!: codes.RetractionReason | null;
}

export const noteView = view(cases)(NoteView, {
  version: 3,
  key: ({ id, data }) => ("note" in data ? data.note : id),
  project: {
    NoteAdded: (_, fact) => ({
      ...{
        id: fact.data.note,
        caseId: fact.streamId,
        fact: fact.id,
        about: fact.data.about,
        knownFrom: fact.data.knownFrom ?? "Unknown",
        author: fact.metadata.by.id,
        authorOnly: fact.data.authorOnly,
        writtenAt: fact.at,
      },
      ...{ retractedAt: null, retractedBecause: null },
    }),
    NoteRetracted: (row, { at, data: { reason } }) => row && { ...row, retractedAt: at, retractedBecause: reason },
  },
});

@Shape("NoteText")
class NoteText {
  @Words() fact!: string;
  @Words() type!: string;
  @Words() text!: string;
}

/** What her team has written down. What was taken back shows nothing any more, and what is for its author alone shows to nobody else. */
@ViewOf("CaseNotes", { concerns: ["case", "id"] })
export class CaseNotesView {
  @Key() id!: string;
  @SealedList("narrative", NoteText) narrative!: SealedPart[];
  @SealedList("health", NoteText) health!: SealedPart[];
  @SealedList("psychosocial", NoteText) psychosocial!: SealedPart[];
  @SealedList("legal", NoteText) legal!: SealedPart[];
  @SealedList("safety", NoteText) safety!: SealedPart[];
  /** Note -> the fact that it came with. */
  @Inner() facts!: Record<string, string>;
}

const without = ({ facts, ...row }: CaseNotesView, note: string): CaseNotesView => {
  const { [note]: gone, ...left } = facts;
  const others = (list: SealedPart[]) => list.filter(({ event }) => event !== gone);
  const { id, narrative, health, psychosocial, legal, safety } = row;
  return {
    ...{ id, narrative: others(narrative), health: others(health), psychosocial: others(psychosocial) },
    ...{ legal: others(legal), safety: others(safety), facts: left },
  };
};

export const caseNotesView = view(cases)(CaseNotesView, {
  version: 1,
  key: ({ streamId }) => streamId,
  project: {
    NoteAdded: (row, fact) => {
      const { note, about, authorOnly } = fact.data;
      const before = row ?? { id: fact.streamId, narrative: [], health: [], psychosocial: [], legal: [], safety: [], facts: {} };
      const part = sealedPart(fact, authorOnly ? forOne(about, fact.metadata.by.id) : about);
      const facts = { ...before.facts, [note]: fact.id };
      return part ? { ...before, [about]: [...before[about], part], facts } : before;
    },
    NoteRetracted: (row, { data: { note } }) => row && without(row, note),
  },
});
