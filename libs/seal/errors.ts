import { refusalOf } from "#platform/postgres/refusal.js";

/** Why personal data could not be sealed or opened. `code` is stable; messages hold ids at most. */

/** The box was changed, or moved to another event, field or person. Never shown as missing: it is an alarm. */
export class SealTampered extends Error {
  readonly code = "SealTampered";
}

/** Not a box of ours at all, or a subject id that is no lower-case UUID. */
export class SealMalformed extends Error {
  readonly code = "SealMalformed";
}

/** The key was destroyed for ever, and a tombstone says so. */
export class SubjectErased extends Error {
  readonly code = "SubjectErased";
  constructor(readonly subject: string) {
    super(`The key of subject ${subject} was destroyed; nothing can be sealed for this person any more.`);
  }
}

/** Neither key nor tombstone: the wrong keyring, or one that lost data. It is an outage, never an erasure. */
export class SubjectKeyMissing extends Error {
  readonly code = "SubjectKeyMissing";
  constructor(readonly subject: string) {
    super(`The keyring knows no key of subject ${subject}. Check that KEYRING_URL is the keyring this data was sealed with.`);
  }
}

/** A legal hold stands; release it first. */
export class SubjectKeyOnHold extends Error {
  readonly code = "SubjectKeyOnHold";
  constructor(readonly subject: string) {
    super(`The key of subject ${subject} is on hold and cannot be destroyed. Release the hold first.`);
  }
}

/** One person alone can never erase another. */
export class TwoPersonsRequired extends Error {
  readonly code = "TwoPersonsRequired";
  constructor() {
    super("A key is destroyed only when two different persons authorise it.");
  }
}

/** The key-encryption key is not the one this keyring was begun with. */
export class WrongKeyEncryptionKey extends Error {
  readonly code = "WrongKeyEncryptionKey";
}

/** The key file cannot be used as it is; the message says what to do. */
export class KeyFileRefused extends Error {
  readonly code = "KeyFileRefused";
}

/** The keyring database does not answer. Try again; nothing was sealed, opened or destroyed for sure. */
export class KeyringUnavailable extends Error {
  readonly code = "KeyringUnavailable";
  constructor(options?: ErrorOptions) {
    super(
      refusalOf(options?.cause, "KEYRING_URL") ?? "The keyring does not answer. Check KEYRING_URL and that its database runs.",
      options,
    );
  }
}
