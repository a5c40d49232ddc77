import type { Personal } from "#kernel/kernel.js";
import type { Order } from "./keyring.js";
import type { Place, SealedPart, SealedPersonal } from "./sealed.js";

/** The one door between personal data and everything that is stored. */
export interface Seal {
  /**
   * Seals each class of each person alone. A person's key is made at the first seal.
   * Throws SubjectErased where a key was destroyed, KeyringUnavailable when the keyring is away: then nothing may be stored.
   */
  seal(place: Place, personal: Personal): Promise<SealedPersonal>;
  /** The same for the facts of one append, with one question to the keyring. */
  sealAll(list: readonly { readonly place: Place; readonly personal: Personal }[]): Promise<SealedPersonal[]>;
  /** What is in the boxes, in their order; null for a person who was erased. Any other failure throws: see errors.ts. */
  open(parts: readonly SealedPart[]): Promise<(object | null)[]>;
  /** A keyed hash (64 hex digits) that tells whether two requests are the same, and from which their content cannot be guessed. */
  fingerprint(value: unknown): string;
  /** For ever, in every process. Throws TwoPersonsRequired, SubjectKeyOnHold. Doing it again changes nothing. */
  destroy(subject: string, order: Order): Promise<void>;
  /** A legal hold: the data stays usable and cannot be erased. */
  hold(subject: string, order: Order): Promise<void>;
  release(subject: string, order: Order): Promise<void>;
  close(): Promise<void>;
}
