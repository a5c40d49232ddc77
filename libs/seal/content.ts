import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes, type KeyObject } from "node:crypto";
import type { PersonKey } from "./box.js";
import { SealMalformed, SealTampered } from "./errors.js";

/** Where the bytes of a document belong. Sealed bytes open only there. */
export interface ContentPlace {
  readonly stream: string;
  /** The id of the bytes. */
  readonly content: string;
  readonly subject: string;
  readonly class: string;
}

const cipher = "aes-256-gcm";
const magic = Buffer.from("HIFC1");
const saltBytes = 32;
const headerBytes = magic.length + saltBytes;
const tagBytes = 16;
/** Of what was sealed, in one part. */
export const chunkBytes = 65_536;
const sealedChunkBytes = chunkBytes + tagBytes;

/** How long the sealed form of so many bytes is. */
export const sealedLength = (bytes: number): number => headerBytes + bytes + Math.max(1, Math.ceil(bytes / chunkBytes)) * tagBytes;

/**
 * A key for these bytes alone: HKDF-SHA256 of the person's key of documents of that class, with a random salt, bound to where they belong. So
 * a chunk of another document does not open here, and a counter is enough of a nonce.
 */
function contentKey(person: PersonKey, place: ContentPlace, salt: Buffer): KeyObject {
  const { stream, content, subject, class: dataClass } = place;
  const bound = JSON.stringify(["content 1", stream, content, subject, dataClass]);
  return createSecretKey(Buffer.from(hkdfSync("sha256", person.of(`documents of ${dataClass}`).key, salt, bound, 32)));
}

/**
 * The nonce tells which chunk it is, and whether it is the last one (the STREAM construction: Hoang, Reyhanitabar, Rogaway, Vizár, 2015):
 * chunks that are cut off, swapped, repeated or left out do not open.
 */
function nonceOf(chunk: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(chunk, 7);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** What turns bytes into others as they pass: a step of a pipeline. */
export type Passing = (bytes: AsyncIterable<Buffer>) => AsyncGenerator<Buffer>;

interface Piece {
  readonly bytes: Buffer;
  readonly isLast: boolean;
}

/** Cuts what comes into pieces of one size, the first of another. The last one is known as such, so that one is kept back until more has come. */
async function* piecesOf(source: AsyncIterable<Buffer>, first: number, each: number): AsyncGenerator<Piece> {
  let waiting: Buffer[] = [];
  let length = 0;
  let wanted = first;
  for await (const bytes of source) {
    waiting.push(bytes);
    length += bytes.length;
    if (length <= wanted) continue;
    let all = waiting.length === 1 ? bytes : Buffer.concat(waiting);
    while (all.length > wanted) {
      yield { bytes: all.subarray(0, wanted), isLast: false };
      all = all.subarray(wanted);
      wanted = each;
    }
    waiting = [all];
    length = all.length;
  }
  yield { bytes: Buffer.concat(waiting), isLast: true };
}

/** Seals what passes. */
export function sealingContent(person: PersonKey, place: ContentPlace): Passing {
  const salt = randomBytes(saltBytes);
  const key = contentKey(person, place, salt);
  return async function* (plain) {
    yield Buffer.concat([magic, salt]);
    let chunk = 0;
    for await (const { bytes, isLast } of piecesOf(plain, chunkBytes, chunkBytes)) {
      const encrypt = createCipheriv(cipher, key, nonceOf(chunk++, isLast), { authTagLength: tagBytes });
      yield Buffer.concat([encrypt.update(bytes), encrypt.final(), encrypt.getAuthTag()]);
    }
  };
}

/** Opens what passes, chunk by chunk. Fails with SealTampered or SealMalformed; what came before was right so far. */
export function openingContent(person: PersonKey, place: ContentPlace): Passing {
  const whose = person.copy();
  return async function* (sealed) {
    let key: KeyObject | undefined;
    let chunk = 0;
    try {
      for await (const { bytes, isLast } of piecesOf(sealed, headerBytes, sealedChunkBytes)) {
        if (key) yield opened(key, bytes, nonceOf(chunk++, isLast), place);
        else if (isLast || !bytes.subarray(0, magic.length).equals(magic)) throw new SealMalformed("These are not sealed bytes.");
        else key = contentKey(whose, place, bytes.subarray(magic.length));
      }
    } finally {
      whose.wipe();
    }
  };
}

function opened(key: KeyObject, bytes: Buffer, nonce: Buffer, { content, class: dataClass, subject }: ContentPlace): Buffer {
  const changed = `Bytes ${content}, class ${dataClass} of subject ${subject}: changed or cut since they were sealed, or moved here.`;
  const tagAt = bytes.length - tagBytes;
  if (tagAt < 0) throw new SealTampered(changed);
  const decrypt = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes }).setAuthTag(bytes.subarray(tagAt));
  const plain = decrypt.update(bytes.subarray(0, tagAt));
  try {
    decrypt.final();
  } catch {
    throw new SealTampered(changed);
  }
  return plain;
}
