import { Code, Count, Inner, Key, Moment, Reference, Text, ViewOf, Words } from "#projection/declare/columns.js";
import { SealedList, Shape } from "#projection/declare/shapes.js";
import { sealedPart, view } from "#projection/declare/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { cases } from "../cases.js";
import { documentArea as area } from "./areas.js";
import * as codes from "./vocabulary.js";

/** That a document was added to her case, and what has become of it. */
@ViewOf("Document", {
  about: ["case", "caseId"],
  concerns: ["case", "caseId"],
  indexes: [
    ["addedAt", "id"],
    ["caseId", "addedAt", "id"],
    ["about", "addedAt", "id"],
    ["kind", "addedAt", "id"],
    ["scan", "addedAt", "id"],
  ],
})
export class DocumentView {
  @Key() id!: string;
  @Reference({ area }) caseId!: string;
  @Text({ area, description: "Its title has the same `fact` in the record of her case" }) fact!: string;
  @Code(codes.documentClasses, { area }) about!: codes.DocumentClass;
  @Code(codes.documentKinds, { area }) kind!: codes.DocumentKind;
  @Text({ area, description: "What it is by its content, such as `application/pdf`" }) mediaType!: string;
  @Count({ area, description: "Bytes" }) size!: number;
  @Text({ area, description: "Who added it" }) addedBy!: string;
  @Moment({ area }) addedAt!: string;
  @Code(codes.documentScans, { area }) scan!: codes.DocumentScan;
  @Moment({ area, optional: true, description: "Null: it stands" }) withdrawnAt!: string | null;
  @Code(codes.withdrawalReasons, { area, optional: true }) withdrawnBecause!: codes.DocumentWithdrawalReason | null;
}

export const documentView = view(cases)(DocumentView, {
  version: 1,
  key: ({ id, data }) => ("document" in data ? data.document! : id),
  project: {
    DocumentAdded: (_, { id, streamId, at, metadata, data: { document, about, kind, mediaType, size, scan } }) => ({
      ...{ id: document, caseId: streamId, fact: id, about, kind, mediaType, size, addedBy: metadata.by.id, addedAt: at, scan },
      ...{ withdrawnAt: null, withdrawnBecause: null },
    }),
    DocumentReleased: (row) => row && { ...row, scan: "Clean" as const },
    DocumentQuarantined: (row) => row && { ...row, scan: "Infected" as const },
    DocumentWithdrawn: (row, { at, data: { reason } }) => row && { ...row, withdrawnAt: at, withdrawnBecause: reason },
  },
});

@Shape("DocumentTitle")
class DocumentTitle {
  @Words() fact!: string;
  @Words() type!: string;
  @Words() title!: string;
}

/** What the documents of her case are called. One that was withdrawn is called nothing any more. */
@ViewOf("CaseDocuments", { concerns: ["case", "id"] })
export class CaseDocumentsView {
  @Key() id!: string;
  @SealedList("identity", DocumentTitle) identity!: SealedPart[];
  @SealedList("narrative", DocumentTitle) narrative!: SealedPart[];
  @SealedList("health", DocumentTitle) health!: SealedPart[];
  @SealedList("psychosocial", DocumentTitle) psychosocial!: SealedPart[];
  @SealedList("legal", DocumentTitle) legal!: SealedPart[];
  @SealedList("perpetrator", DocumentTitle) perpetrator!: SealedPart[];
  @SealedList("safety", DocumentTitle) safety!: SealedPart[];
  /** Document -> the fact that it came with, and its class. */
  @Inner() facts!: Record<string, { readonly fact: string; readonly about: codes.DocumentClass }>;
}

const noneYet = (id: string): CaseDocumentsView => ({
  ...{ id, identity: [], narrative: [], health: [], psychosocial: [], legal: [], perpetrator: [], safety: [] },
  facts: {},
});

export const caseDocumentsView = view(cases)(CaseDocumentsView, {
  version: 1,
  key: ({ streamId }) => streamId,
  project: {
    DocumentAdded: (row, fact) => {
      const { document, about } = fact.data;
      const before = row ?? noneYet(fact.streamId);
      const part = sealedPart(fact, about);
      const facts = { ...before.facts, [document]: { fact: fact.id, about } };
      return part ? { ...before, [about]: [...before[about], part], facts } : before;
    },
    DocumentWithdrawn: (row, { data: { document } }) => {
      const gone = row?.facts[document];
      return row && gone ? { ...row, [gone.about]: row[gone.about].filter(({ event }) => event !== gone.fact) } : row;
    },
  },
});
