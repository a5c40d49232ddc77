import type { Readable } from "node:stream";

/** Bytes that belong to a record, by both their ids. */
export interface DocumentName {
  readonly record: string;
  readonly content: string;
}

/** Sealed bytes that are whole, in a file of the spool. */
export interface SealedFile {
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 of the sealed bytes, hex. */
  readonly sha256: string;
}

export interface KeptDocument extends DocumentName {
  readonly keptAt: Date;
}

/** Where documents are kept. It sees sealed bytes alone. */
export interface DocumentStore {
  /** A folder of this machine, in which sealed bytes are gathered until they are whole. */
  readonly spool: string;
  /** Keeps what was gathered; when this is answered, it outlives a power cut. The file of the spool is gone then. */
  keep(name: DocumentName, file: SealedFile): Promise<void>;
  /** @throws DocumentBytesMissing, DocumentStoreUnavailable */
  read(name: DocumentName): Promise<Readable>;
  /** Also where there is none. */
  remove(name: DocumentName): Promise<void>;
  /** All that is kept, whosoever it is. */
  list(): AsyncIterable<KeptDocument>;
}

/** A document is on record, and its bytes are not there: the wrong store, or one that lost them. */
export class DocumentBytesMissing extends Error {
  readonly code = "DocumentBytesMissing";
  constructor({ record, content }: DocumentName) {
    super(`The store of documents does not hold ${record}/${content}. Check DOCUMENTS_DIR or DOCUMENTS_S3_URL.`);
  }
}

/** The store does not answer, or refuses. */
export class DocumentStoreUnavailable extends Error {
  readonly code = "DocumentStoreUnavailable";
}

const uuid = "[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}";
const named = new RegExp(`^(${uuid})/(${uuid})$`);

/** `<record>/<content>` */
export function keyOf({ record, content }: DocumentName): string {
  const key = `${record}/${content}`;
  if (!named.test(key)) throw new Error("a document is kept under two ids");
  return key;
}

/** Undefined: something else that lies there. */
export function nameOf(key: string): DocumentName | undefined {
  const [, record, content] = named.exec(key) ?? [];
  return record && content ? { record, content } : undefined;
}
