import { fileTypeFromBuffer } from "file-type";
import { Refusal, require } from "#kernel/kernel.js";
import { documentTooLarge } from "../http/problem.js";
import { isClaimed, isPicture, isWritten, mediaTypes, type ClaimedType, type MediaType } from "./media-types.js";
import { requireHarmless } from "./packed.js";
import { requireInert } from "./pdf.js";
import { redrawn } from "./pictures.js";

/** The largest document, bytes. */
export const mostBytes = 20_000_000;

/** A document as it is to be kept: what it is by its content, and its bytes, which may still be on their way. */
export interface ReadDocument {
  readonly mediaType: MediaType;
  readonly bytes: AsyncIterable<Buffer>;
}

/** By so much of its beginning a file is known. */
const enough = 65_536;

/**
 * Finds out by its content what somebody sends, and refuses what is empty, too large, not of a kind that is kept, not what it calls itself,
 * encrypted, damaged, active, or a bomb. Pictures, PDFs and written documents are looked at whole, in memory; what else there is passes.
 * @throws Refusal, ProblemError 413; what passes may throw them later
 */
export async function readDocument(sent: AsyncIterable<Buffer>, claimed: ClaimedType): Promise<ReadDocument> {
  const source = bounded(sent)[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < enough) {
    const { value, done } = await source.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  require(head.length > 0, "DocumentEmpty");
  if (isArchive(head) || isCompound(head)) head = Buffer.concat([head, ...(await all(source))]);
  const mediaType = await typeOf(head);
  require(isClaimed(mediaType, claimed), "DocumentTypeDiffers", { mediaType });
  if (isWritten(mediaType)) {
    await requireHarmless(head);
    return { mediaType, bytes: once(head) };
  }
  if (isPicture(mediaType)) {
    const whole = Buffer.concat([head, ...(await all(source))]);
    return { mediaType, bytes: bounded(once(await redrawn(whole, mediaType))) };
  }
  if (mediaType === "application/pdf") {
    const whole = Buffer.concat([head, ...(await all(source))]);
    requireInert(whole);
    return { mediaType, bytes: once(whole) };
  }
  const whole = following(head, source);
  return { mediaType, bytes: mediaType === "text/plain" ? readable(whole) : whole };
}

/** @throws ProblemError 413 as soon as it is too much */
async function* bounded(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const each of source) {
    bytes += each.length;
    if (bytes > mostBytes) throw documentTooLarge(mostBytes);
    yield each;
  }
}

async function all(source: AsyncIterator<Buffer>): Promise<Buffer[]> {
  const parts: Buffer[] = [];
  for await (const each of { [Symbol.asyncIterator]: () => source }) parts.push(each);
  return parts;
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function* following(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  yield* { [Symbol.asyncIterator]: () => rest };
}

const isArchive = (head: Buffer): boolean => head.subarray(0, 4).equals(Buffer.from("PK\u0003\u0004"));
/** What Office of old wrote, and what it writes today under a password. */
const isCompound = (head: Buffer): boolean => head.subarray(0, 8).equals(Buffer.from("d0cf11e0a1b11ae1", "hex"));
const ofEncryptedOffice = Buffer.from("EncryptedPackage", "utf16le");

async function typeOf(head: Buffer): Promise<MediaType> {
  if (isCompound(head)) throw new Refusal(head.includes(ofEncryptedOffice) ? "DocumentEncrypted" : "DocumentTypeNotAllowed");
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (!found && isText(head, false)) return "text/plain";
  const type = found?.mime === "audio/x-m4a" ? "audio/mp4" : found?.mime;
  const allowed = mediaTypes.find((each) => each === type);
  require(allowed, "DocumentTypeNotAllowed");
  return allowed;
}

/** Text in UTF-8 without control characters. `whole`: nothing follows. */
function isText(bytes: Buffer, whole: boolean, decoder = new TextDecoder("utf-8", { fatal: true })): boolean {
  try {
    // Of what a program understands as its own, nothing passes for text.
    const text = decoder.decode(bytes, { stream: !whole });
    return !/[^\P{Cc}\s]/u.test(text) && !/^\s*<(?:!doctype|html|svg|\?xml|script)/i.test(text);
  } catch {
    return false;
  }
}

async function* readable(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const each of source) {
    require(isText(each, false, decoder), "DocumentTypeNotAllowed");
    yield each;
  }
  require(isText(Buffer.alloc(0), true, decoder), "DocumentDamaged");
}
