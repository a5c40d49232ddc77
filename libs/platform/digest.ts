import { createHash } from "node:crypto";

/** SHA-256: what has the same digest is the same text. It hides nothing that can be guessed. */
export const digestOf = (text: string): Buffer => createHash("sha256").update(text).digest();
