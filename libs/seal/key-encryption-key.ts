import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { KeyFileRefused, WrongKeyEncryptionKey } from "./errors.js";

/** Wraps the keys of persons. A file here; a key management service fits the same shape, and then the key itself is never seen. */
export interface KeyEncryptionKey {
  /** Names the key without telling anything of it. */
  readonly id: string;
  wrap(key: Buffer, subject: string): Promise<Buffer>;
  /** Throws WrongKeyEncryptionKey when this key did not wrap it, or wrapped it for someone else. */
  unwrap(wrapped: Buffer, subject: string): Promise<Buffer>;
}

const keyBytes = 32;

/** Makes a new key, readable by its owner only; leaves one that is already there alone. */
export async function createKeyFile(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, "wx", 0o600);
  try {
    await handle.writeFile(randomBytes(keyBytes));
    // A key that a power cut can lose would take every name in the house with it.
    await handle.sync();
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  } finally {
    await handle.close();
    await rm(draft);
  }
}

/** The key kept in a file. Throws KeyFileRefused, with what to do, unless the file is there, whole and private. */
export async function keyFromFile(file: string): Promise<KeyEncryptionKey> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile())
    throw new KeyFileRefused(`There is no key file at ${file}. Set KEY_FILE to the file, or restore it from its safe copy.`);
  if (process.platform !== "win32" && (found.mode & 0o077) !== 0)
    throw new KeyFileRefused(`The key file ${file} can be used by others than its owner. Run: chmod 600 ${file}`);
  const key = await readFile(file);
  if (key.length !== keyBytes)
    throw new KeyFileRefused(`The key file ${file} holds ${key.length} bytes instead of ${keyBytes}. Restore it from its safe copy.`);
  return wrappingKey(key);
}

/** AES-256-GCM, bound to the person: a wrapped key put into another person's row does not open. */
export function wrappingKey(key: Buffer): KeyEncryptionKey {
  return {
    id: `file-${Buffer.from(hkdfSync("sha256", key, "", "key id", 8)).toString("hex")}`,
    wrap: (plain, subject) => {
      const nonce = randomBytes(12);
      const encrypt = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(subject));
      return Promise.resolve(Buffer.concat([nonce, encrypt.update(plain), encrypt.final(), encrypt.getAuthTag()]));
    },
    unwrap: async (wrapped, subject) => {
      const tagAt = Math.max(wrapped.length - 16, 12);
      try {
        const decrypt = createDecipheriv("aes-256-gcm", key, wrapped.subarray(0, 12), { authTagLength: 16 })
          .setAAD(Buffer.from(subject))
          .setAuthTag(wrapped.subarray(tagAt));
        return Buffer.concat([decrypt.update(wrapped.subarray(12, tagAt)), decrypt.final()]);
      } catch {
        throw new WrongKeyEncryptionKey(
          `Key ${subject} of the keyring was not wrapped by this key-encryption key, or was changed. Check KEY_FILE.`,
        );
      }
    },
  };
}
