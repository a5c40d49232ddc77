import { require, slice, type Instant, type Times } from "#kernel/kernel.js";
import type { Consents } from "../consent/consents.js";
import type { Ages } from "../intake/age.js";
import { requirePhotographable } from "./photographs.js";
import type { DocumentClass, DocumentKind, DocumentScan, DocumentWithdrawalReason } from "./vocabulary.js";

// Facts

export type DocumentFact =
  | {
      type: "DocumentAdded";
      data: {
        document: string;
        /** The id under which its bytes are kept. */
        content: string;
        about: DocumentClass;
        kind: DocumentKind;
        mediaType: string;
        /** Bytes. */
        size: number;
        /** A hash of what it says that is keyed by her: it tells whether two documents are the same, and nothing to who has no key. */
        fingerprint: string;
        /** SHA-256 of the sealed bytes: by it a store can be checked without any key. */
        sealedSha256: string;
        scan: DocumentScan;
      };
      personal: Record<string, { [Class in DocumentClass]?: { title: string } }>;
    }
  | { type: "DocumentReleased"; data: { document: string } }
  | { type: "DocumentQuarantined"; data: { document: string } }
  | { type: "DocumentWithdrawn"; data: { document: string; reason: DocumentWithdrawalReason } };

// State

export interface KnownDocument {
  readonly document: string;
  readonly content: string;
  readonly about: DocumentClass;
  readonly kind: DocumentKind;
  readonly mediaType: string;
  readonly size: number;
  readonly fingerprint: string;
  readonly author: string;
  readonly at: Instant;
  readonly scan: DocumentScan;
  readonly withdrawn: Instant | null;
}
export type Documents = readonly KnownDocument[];

const changed = (state: Documents, document: string, over: Partial<KnownDocument>): Documents =>
  state.map((each) => (each.document === document ? { ...each, ...over } : each));

export const documents = slice<DocumentFact>()<Documents>([], {
  DocumentAdded: (state, { document, content, about, kind, mediaType, size, fingerprint, scan }, { at, by }) => [
    ...state,
    { document, content, about, kind, mediaType, size, fingerprint, author: by.id, at, scan, withdrawn: null },
  ],
  DocumentReleased: (state, { document }) => changed(state, document, { scan: "Clean" }),
  DocumentQuarantined: (state, { document }) => changed(state, document, { scan: "Infected" }),
  DocumentWithdrawn: (state, { document }, { at }) => changed(state, document, { withdrawn: at }),
});

/** May it be handed out as it stands, and as she consents now? @throws Refusal */
export function requireHandedOut(
  of: { readonly intake: Ages; readonly consents: Consents },
  { withdrawn, scan, kind, about }: KnownDocument,
  times: Times,
): void {
  require(withdrawn === null, "DocumentIsWithdrawn");
  require(scan !== "Infected", "DocumentInfected");
  require(scan !== "Awaited", "DocumentInQuarantine");
  requirePhotographable(of, { kind, about }, times);
}

/** Will nobody be handed its bytes any more? Then they need not be kept. */
export const isSpent = ({ withdrawn, scan }: KnownDocument): boolean => withdrawn !== null || scan === "Infected";
