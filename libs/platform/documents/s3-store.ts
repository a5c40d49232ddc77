import { openAsBlob } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { AwsClient } from "aws4fetch";
import {
  DocumentBytesMissing,
  DocumentStoreUnavailable,
  keyOf,
  nameOf,
  type DocumentName,
  type DocumentStore,
  type KeptDocument,
  type SealedFile,
} from "./store.js";

/** A bucket of any S3-compatible store. */
export interface Bucket {
  /** With the bucket as its path: `https://s3.example.org/hifadhi-documents`. */
  readonly url: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly spool: string;
}

/** How long the store may take for one answer, milliseconds. */
const patience = 60_000;

/** Documents in a bucket. What is gathered waits on this machine, sealed; then it is put there as one object, whose hash is signed with it. */
export class S3Store implements DocumentStore {
  readonly spool: string;
  readonly #client: AwsClient;
  readonly #base: string;

  private constructor({ url, region, accessKey, secretKey, spool }: Bucket) {
    this.spool = spool;
    this.#base = url.replace(/\/$/, "");
    this.#client = new AwsClient({ accessKeyId: accessKey, secretAccessKey: secretKey, region, service: "s3", retries: 0 });
  }

  /** @throws DocumentStoreUnavailable where the bucket is not there, or not for this key */
  static async open(bucket: Bucket): Promise<S3Store> {
    const store = new S3Store(bucket);
    await mkdir(store.spool, { recursive: true, mode: 0o700 });
    const { status } = await store.#ask("GET", "?list-type=2&max-keys=1");
    if (status !== 200) throw refused(status);
    return store;
  }

  async keep(name: DocumentName, { path, sha256 }: SealedFile): Promise<void> {
    const headers = { "content-type": "application/octet-stream", "x-amz-content-sha256": sha256 };
    const { status } = await this.#ask("PUT", `/${keyOf(name)}`, { headers, body: await openAsBlob(path) });
    if (status !== 200) throw refused(status);
    await rm(path, { force: true });
  }

  async read(name: DocumentName): Promise<Readable> {
    const { status, body } = await this.#ask("GET", `/${keyOf(name)}`);
    if (status === 404) throw new DocumentBytesMissing(name);
    if (status !== 200 || !body) throw refused(status);
    return Readable.fromWeb(body as never);
  }

  async remove(name: DocumentName): Promise<void> {
    const { status } = await this.#ask("DELETE", `/${keyOf(name)}`);
    if (status !== 204 && status !== 200 && status !== 404) throw refused(status);
  }

  async *list(): AsyncIterable<KeptDocument> {
    let more = "";
    do {
      const answer = await this.#ask("GET", `?list-type=2${more && `&continuation-token=${encodeURIComponent(more)}`}`);
      if (answer.status !== 200) throw refused(answer.status);
      const text = await answer.text();
      for (const [, object] of text.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
        const name = nameOf(valueOf("Key", object!) ?? "");
        if (name) yield { ...name, keptAt: new Date(valueOf("LastModified", object!) ?? 0) };
      }
      more = valueOf("IsTruncated", text) === "true" ? (valueOf("NextContinuationToken", text) ?? "") : "";
    } while (more);
  }

  async #ask(method: string, path: string, { headers, body }: { headers?: Record<string, string>; body?: Blob } = {}): Promise<Response> {
    try {
      const signed = await this.#client.sign(`${this.#base}${path}`, { method, ...(headers && { headers }) });
      return await fetch(signed.url, { method, headers: signed.headers, signal: AbortSignal.timeout(patience), ...(body && { body }) });
    } catch (error) {
      throw new DocumentStoreUnavailable("The store of documents does not answer. Check DOCUMENTS_S3_URL.", { cause: error });
    }
  }
}

const refused = (status: number): DocumentStoreUnavailable =>
  new DocumentStoreUnavailable(
    `The store of documents answered ${status}. Check the bucket in DOCUMENTS_S3_URL, DOCUMENTS_S3_ACCESS_KEY and DOCUMENTS_S3_SECRET_KEY.`,
  );

/** Keys and dates of ours hold nothing that XML escapes; a token may. */
const valueOf = (name: string, xml: string): string | undefined =>
  new RegExp(`<${name}>([^<]*)</${name}>`)
    .exec(xml)?.[1]
    ?.replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
