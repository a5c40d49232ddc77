import type { Personal } from "#kernel/kernel.js";
import canonicalize from "canonicalize";
import { createHmac, createSecretKey, hkdfSync, timingSafeEqual, type KeyObject } from "node:crypto";
import { openBox, sealBox, type PersonKey } from "./box.js";
import { openingContent, sealingContent, type ContentPlace, type Passing } from "./content.js";
import { erased } from "./key-cache.js";
import type { KeyEncryptionKey } from "./key-encryption-key.js";
import { Keyring, type Order } from "./keyring.js";
import type { SealPlace, SealedPart, SealedPersonal } from "./sealed.js";

/** The one way between personal data and everything that is stored. */
export interface Seal {
  /**
   * Seals each class of each person alone. A person's key is made at the first seal.
   * Throws SubjectErased where a key was destroyed, KeyringUnavailable when the keyring is away: then nothing may be stored.
   */
  seal(place: SealPlace, personal: Personal): Promise<SealedPersonal>;
  /** The same for the facts of one append, with one question to the keyring. */
  sealAll(list: readonly { readonly place: SealPlace; readonly personal: Personal }[]): Promise<SealedPersonal[]>;
  /** What is in the boxes, in their order; null for a person who was erased. Any other failure throws: see errors.ts. */
  open(parts: readonly SealedPart[]): Promise<(object | null)[]>;
  /**
   * A keyed hash (64 hex digits) that tells whether two requests are the same, and from which their content cannot be guessed. Where the
   * request holds personal data, it is made with the key of the person it is about: once that is destroyed, nobody can prove a guess by it.
   * Throws SubjectErased, KeyringUnavailable where a subject is named.
   */
  fingerprint(value: unknown, subject?: string): Promise<string>;
  /** Seals the bytes of a document as they pass. Throws SubjectErased, KeyringUnavailable. */
  sealContent(place: ContentPlace): Promise<Passing>;
  /** Opens them as they pass; null for a person who was erased. Passing fails with SealTampered, SealMalformed. Throws KeyringUnavailable. */
  openContent(place: ContentPlace): Promise<Passing | null>;
  /** A keyed mark, such as `1:5f0c...`: the number names the key. Who has no keyring can make none. */
  mark(text: string): string;
  /** Was it made here, of this text? */
  isMark(text: string, mark: string): boolean;
  /** The position in the log after which every fact has a mark; what `end` answers, where nobody has asked before. Throws KeyringUnavailable. */
  markedAfter(end: () => Promise<bigint>): Promise<bigint>;
  /** For ever, in every process. Throws TwoPersonsRequired, SubjectKeyOnHold. Doing it again changes nothing. */
  destroy(subject: string, order: Order): Promise<void>;
  /** A legal hold: the data stays usable and cannot be erased. */
  hold(subject: string, order: Order): Promise<void>;
  release(subject: string, order: Order): Promise<void>;
  close(): Promise<void>;
}

/** Throws KeyringUnavailable, or WrongKeyEncryptionKey where the keyring was begun with another key. */
export async function openSeal({ keyringUrl, key }: { keyringUrl: string; key: KeyEncryptionKey }): Promise<Seal> {
  const keyring = await Keyring.open(keyringUrl, key);
  const fingerprintKey = derivedFrom(keyring, "request fingerprint");
  const sealAll: Seal["sealAll"] = (list) =>
    keyring.sealing(
      list.flatMap(({ personal }) => Object.keys(personal)),
      (keyOf) => list.map(({ place, personal }) => sealPersonal(place, personal, keyOf)),
    );

  return {
    sealAll,
    seal: async (place, personal) => (await sealAll([{ place, personal }]))[0]!,
    open: (parts) =>
      keyring.opening(
        parts.map(({ subject }) => subject),
        (keyOf) =>
          parts.map((part) => {
            const key = keyOf(part.subject);
            return key === erased ? null : openBox(key.of(part.class), part, part.sealed);
          }),
      ),
    fingerprint: async (value, subject) =>
      subject ? keyring.sealing([subject], (keyOf) => hashed(keyOf(subject).of("request").key, value)) : hashed(fingerprintKey, value),
    sealContent: (place) => keyring.sealing([place.subject], (keyOf) => sealingContent(keyOf(place.subject), place)),
    openContent: (place) =>
      keyring.opening([place.subject], (keyOf) => {
        const key = keyOf(place.subject);
        return key === erased ? null : openingContent(key, place);
      }),
    ...marksOf(keyring),
    markedAfter: (end) => keyring.markedAfter(end),
    destroy: (subject, order) => keyring.destroy(subject, order),
    hold: (subject, order) => keyring.hold(subject, order),
    release: (subject, order) => keyring.release(subject, order),
    close: () => keyring.close(),
  };
}

/** From the keyring's secret, not from the key-encryption key: that may be in a service that never shows it, and may change. */
const derivedFrom = ({ secret }: Keyring, purpose: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync("sha256", secret, "", purpose, 32)));

function marksOf(keyring: Keyring): Pick<Seal, "mark" | "isMark"> {
  const keys = Array.from({ length: markVersion }, (_, before) => derivedFrom(keyring, `mark of facts ${before + 1}`));
  const markBy = (version: number, text: string) =>
    `${version}:${createHmac("sha256", keys[version - 1]!)
      .update(text)
      .digest("hex")}`;
  return {
    mark: (text) => markBy(markVersion, text),
    isMark: (text, claimed) => {
      const version = Number(/^([1-9]\d?):/.exec(claimed)?.[1]);
      return version <= markVersion && isSame(markBy(version, text), claimed);
    },
  };
}

/** Raised when another key is to make the marks: those that older keys made are still known. */
const markVersion = 1;

/** HMAC-SHA-256 over the canonical form (RFC 8785), in hex. */
const hashed = (key: KeyObject, value: unknown): string =>
  createHmac("sha256", key)
    .update(canonicalize(value) ?? "")
    .digest("hex");

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one, "latin1"), Buffer.from(other, "latin1"));

const sealPersonal = (place: SealPlace, personal: Personal, keyOf: (subject: string) => PersonKey): SealedPersonal =>
  mapValues(personal, (classes, subject) =>
    mapValues(classes, (plaintext, name) => sealBox(keyOf(subject).of(name), { ...place, subject, class: name }, plaintext)),
  );

const mapValues = <From, To>(record: Readonly<Record<string, From>>, map: (value: From, key: string) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
