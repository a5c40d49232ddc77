import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes, type KeyObject } from "node:crypto";
import { SealMalformed, SealTampered } from "./errors.js";
import type { BoxPlace } from "./sealed.js";

const cipher = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;
/** The length of a box must not tell "negative" from "positive": contents are filled up to a multiple of this. */
const paddedTo = 64;

/** The key of one data class of one person. `id` names it in the box, so that a lost keyring is told apart from an attack. */
export interface ClassKey {
  readonly key: KeyObject;
  readonly id: string;
}

/** HKDF-SHA256 of the person's key with the class as info: who holds the key of one class learns nothing of another. */
export function classKey(subjectKey: Buffer, dataClass: string): ClassKey {
  const derived = Buffer.from(hkdfSync("sha256", subjectKey, "", dataClass, 38));
  return { key: createSecretKey(derived.subarray(0, 32)), id: derived.toString("base64url", 32) };
}

/** The unwrapped key of one person, and what was derived of it: a page of boxes holds the same few classes many times. */
export class PersonKey {
  constructor(
    private readonly key: Buffer,
    private readonly derived = new Map<string, ClassKey>(),
  ) {}

  of(dataClass: string): ClassKey {
    const known = this.derived.get(dataClass) ?? classKey(this.key, dataClass);
    this.derived.set(dataClass, known);
    return known;
  }

  /** Stays whole when this one is wiped. */
  copy(): PersonKey {
    return new PersonKey(Buffer.from(this.key), this.derived);
  }

  // Best effort: the runtime may have copied a buffer before.
  wipe(): void {
    this.key.fill(0);
  }
}

/** A list of texts in JSON has one reading only, so no two places look alike. */
const boundTo = (header: string, { stream, event, type, class: dataClass, subject }: BoxPlace): Buffer =>
  Buffer.from(JSON.stringify([header, stream, event, type, dataClass, subject]));

/**
 * `v1.<key id>.<nonce, ciphertext and tag in base64url>`. JSON allows blanks after a value, so padding needs no format of its own.
 * A nonce is given only by known-answer tests.
 */
export function sealBox({ key, id }: ClassKey, place: BoxPlace, plaintext: object, nonce: Buffer = freshNonce()): string {
  const header = `v1.${id}`;
  const text = Buffer.from(JSON.stringify(plaintext));
  const padded = Buffer.alloc(Math.ceil(text.length / paddedTo) * paddedTo, " ");
  text.copy(padded);
  const encrypt = createCipheriv(cipher, key, nonce, { authTagLength: tagBytes }).setAAD(boundTo(header, place));
  const box = Buffer.concat([nonce, encrypt.update(padded), encrypt.final(), encrypt.getAuthTag()]);
  return `${header}.${box.toString("base64url")}`;
}

/** What was sealed at exactly this place under exactly this key. Throws SealMalformed or SealTampered. */
export function openBox({ key, id }: ClassKey, place: BoxPlace, sealed: string): object {
  const [, header, keyId, body] = /^(v1\.([\w-]{8}))\.([\w-]+)$/.exec(sealed) ?? [];
  const box = Buffer.from(body ?? "", "base64url");
  if (!header || box.length < nonceBytes + tagBytes || box.toString("base64url") !== body)
    throw new SealMalformed("This is not a sealed box.");
  const whose = `Event ${place.event}, class ${place.class} of subject ${place.subject}`;
  if (keyId !== id)
    throw new SealTampered(`${whose}: sealed under another key. It was moved here, or the keyring was replaced by one that lost keys.`);
  const decrypt = createDecipheriv(cipher, key, box.subarray(0, nonceBytes), { authTagLength: tagBytes })
    .setAAD(boundTo(header, place))
    .setAuthTag(box.subarray(-tagBytes));
  const text = decrypt.update(box.subarray(nonceBytes, -tagBytes));
  try {
    decrypt.final();
  } catch {
    throw new SealTampered(`${whose}: changed since it was sealed, or moved here from another place.`);
  }
  return JSON.parse(text.toString()) as object;
}

// Drawn in bulk, since the system's random source costs more than the sealing itself; each part is handed out once.
let pool = Buffer.alloc(0);
function freshNonce(): Buffer {
  if (pool.length < nonceBytes) pool = randomBytes(nonceBytes * 256);
  const nonce = pool.subarray(0, nonceBytes);
  pool = pool.subarray(nonceBytes);
  return nonce;
}
