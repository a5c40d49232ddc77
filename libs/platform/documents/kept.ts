import type { Slots } from "../http/slots.js";
import type { Scanner } from "./scanner.js";
import type { DocumentStore } from "./store.js";

/** Where documents are kept, and what looks at them. */
export interface KeptDocuments {
  readonly store: DocumentStore;
  /** Null: nothing is looked for in documents. */
  readonly scanner: Scanner | null;
  /** Documents that are being sent: some of them are held in memory whole. */
  readonly arriving: Slots;
  /** Tells whoever waits for it that a document is to be scanned. */
  news(record: string, document: string): void;
}
