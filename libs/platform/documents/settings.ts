import { join } from "node:path";
import { tmpdir } from "node:os";
import { makeValidator, str } from "envalid";
import { ConfigurationError, NotUsable } from "../configuration/config.js";
import { FolderStore } from "./folder-store.js";
import { S3Store } from "./s3-store.js";
import { scannerAt, type Scanner } from "./scanner.js";
import type { DocumentStore } from "./store.js";

const url = (protocols: readonly string[], isWhole: (url: URL) => boolean, needed: string) =>
  makeValidator((input: string) => {
    const parsed = URL.canParse(input) ? new URL(input) : null;
    if (!parsed || !protocols.includes(parsed.protocol) || !isWhole(parsed)) throw new NotUsable(needed);
    return input;
  });
const bucket = url(["https:", "http:"], ({ pathname, username }) => pathname.length > 1 && !username, "a bucket must be named, and no key");
const scanner = url(["https:", "http:", "clamd:"], ({ hostname }) => hostname !== "", "http:, https: or clamd: is needed");

/** Where documents are kept, and what looks at them. */
export const documentSettings = {
  DOCUMENTS_DIR: str({
    desc: "the folder in which documents are kept, sealed; with DOCUMENTS_S3_URL, where they wait to be sent there",
    example: "/var/lib/hifadhi/documents",
    default: undefined,
  }),
  DOCUMENTS_S3_URL: bucket({
    desc: "the url of the bucket of an S3-compatible store in which documents are kept, sealed",
    example: "https://s3.example.org/hifadhi-documents",
    default: undefined,
  }),
  DOCUMENTS_S3_REGION: str({ desc: "the region of that store", default: "us-east-1" }),
  DOCUMENTS_S3_ACCESS_KEY: str({ desc: "the access key to that bucket", example: "hifadhi", default: undefined }),
  DOCUMENTS_S3_SECRET_KEY: str({ desc: "the secret that belongs to the access key", example: "a random text", default: undefined }),
  SCANNER_URL: scanner({
    desc: "what looks for harm in documents, each of which is in quarantine until it has answered: clamd://host:3310, or a hook",
    example: "clamd://127.0.0.1:3310",
    default: undefined,
  }),
};

export interface DocumentSettings {
  readonly DOCUMENTS_DIR?: string | undefined;
  readonly DOCUMENTS_S3_URL?: string | undefined;
  readonly DOCUMENTS_S3_REGION: string;
  readonly DOCUMENTS_S3_ACCESS_KEY?: string | undefined;
  readonly DOCUMENTS_S3_SECRET_KEY?: string | undefined;
  readonly SCANNER_URL?: string | undefined;
}

/** What is missing, a line each; none: everything is said. */
export function missingOf(set: DocumentSettings): string[] {
  if (!set.DOCUMENTS_S3_URL)
    return set.DOCUMENTS_DIR
      ? []
      : ["DOCUMENTS_DIR is not set: it must be the folder in which documents are kept, or set DOCUMENTS_S3_URL."];
  const keys = ["DOCUMENTS_S3_ACCESS_KEY", "DOCUMENTS_S3_SECRET_KEY"] as const;
  return keys.filter((name) => !set[name]).map((name) => `${name} is not set: DOCUMENTS_S3_URL needs it.`);
}

/** @throws ConfigurationError where the folder cannot be written to, DocumentStoreUnavailable where the bucket does not answer */
export async function openStore(set: DocumentSettings): Promise<DocumentStore> {
  const { DOCUMENTS_DIR: folder, DOCUMENTS_S3_URL: at, DOCUMENTS_S3_REGION: region } = set;
  if (at) {
    const spool = folder ?? join(tmpdir(), "hifadhi-documents");
    return S3Store.open({ url: at, region, accessKey: set.DOCUMENTS_S3_ACCESS_KEY!, secretKey: set.DOCUMENTS_S3_SECRET_KEY!, spool });
  }
  return FolderStore.open(folder!).catch((error: NodeJS.ErrnoException) => {
    throw new ConfigurationError([`DOCUMENTS_DIR names a folder that cannot be written to (${error.code ?? "unknown"}).`]);
  });
}

export const openScanner = ({ SCANNER_URL }: DocumentSettings): Scanner | null => (SCANNER_URL ? scannerAt(SCANNER_URL) : null);
