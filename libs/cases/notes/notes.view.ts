import { Code, Key, Moment, Reference, Text, ViewOf, Words } from "#projection/declare/columns.js";
import { Sealed, Shape } from "#projection/declare/shapes.js";
import { sealedPart, view } from "#projection/declare/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { cases } from "../cases.js";
import { noteArea as area } from "./areas.js";
import * as codes from "./vocabulary.js";

@Shape("NoteText")
class NoteText {
  @Words() text!: string;
}

/** What somebody of her team has written down. What was taken back shows nothing any more. */
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
  @Code(codes.noteClasses, { area }) about!: codes.NoteClass;
  @Text({ area, description: "Who wrote it" }) author!: string;
  @Moment({ area }) writtenAt!: string;
  @Moment({ area, optional: true, description: "When it was taken back; null: it stands" }) retractedAt!: string | null;
  @Code(codes.retractionReasons, { area, optional: true }) retractedBecause!: codes.RetractionReason | null;
  @Sealed("narrative", NoteText) narrativeText!: SealedPart | null;
  @Sealed("health", NoteText) healthText!: SealedPart | null;
  @Sealed("psychosocial", NoteText) psychosocialText!: SealedPart | null;
  @Sealed("legal", NoteText) legalText!: SealedPart | null;
  @Sealed("safety", NoteText) safetyText!: SealedPart | null;
}

const nothing = { narrativeText: null, healthText: null, psychosocialText: null, legalText: null, safetyText: null };

export const noteView = view(cases)(NoteView, {
  version: 1,
  key: ({ id, data }) => ("note" in data ? data.note : id),
  project: {
    NoteAdded: (_, fact) => ({
      ...{ id: fact.data.note, caseId: fact.streamId, about: fact.data.about, author: fact.metadata.by.id, writtenAt: fact.at },
      ...{ retractedAt: null, retractedBecause: null },
      narrativeText: sealedPart(fact, "narrative"),
      healthText: sealedPart(fact, "health"),
      psychosocialText: sealedPart(fact, "psychosocial"),
      legalText: sealedPart(fact, "legal"),
      safetyText: sealedPart(fact, "safety"),
    }),
    NoteRetracted: (row, { at, data: { reason } }) => row && { ...row, ...nothing, retractedAt: at, retractedBecause: reason },
  },
});
