import { hkdfSync, randomUUID } from "node:crypto";
import { link, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import {
  calculateJwkThumbprint,
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  importPKCS8,
  type CryptoKey,
  type JSONWebKeySet,
  type JWK,
} from "jose";

/** An issuer's Ed25519 key, kept in a file that its owner alone can use, so that a restart signs nobody out. */
export interface SigningKey {
  readonly key: CryptoKey;
  readonly kid: string;
  readonly privateJwk: JWK;
  /** What everybody may know of it. */
  readonly jwks: JSONWebKeySet;
  /** A secret of 32 bytes for another purpose, the same for as long as the key is. */
  readonly derived: (purpose: string) => Uint8Array;
}

/** Made at the first start. @throws where others can use the file */
export async function signingKeyOf(keyFile: string): Promise<SigningKey> {
  const key = await fromFile(keyFile);
  const { kty, crv, x, d } = (await exportJWK(key)) as JWK;
  const publicKey = { kty: kty!, crv: crv!, x: x! };
  const kid = await calculateJwkThumbprint(publicKey);
  const told = { ...publicKey, kid, alg: "EdDSA", use: "sig" };
  return {
    key,
    kid,
    privateJwk: { ...told, d: d! },
    jwks: { keys: [told] },
    derived: (purpose) => new Uint8Array(hkdfSync("sha256", Buffer.from(d!, "base64url"), "", `sign-in ${purpose}`, 32)),
  };
}

/** Made at the first start, whole or not at all. */
async function fromFile(keyFile: string): Promise<CryptoKey> {
  if (!(await stat(keyFile).catch(() => null))) {
    await mkdir(dirname(keyFile), { recursive: true, mode: 0o700 });
    const { privateKey } = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
    const draft = `${keyFile}.${randomUUID()}`;
    await writeFile(draft, await exportPKCS8(privateKey), { mode: 0o600, flag: "wx", flush: true });
    await link(draft, keyFile).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    await rm(draft);
  }
  if (process.platform !== "win32" && ((await stat(keyFile)).mode & 0o077) !== 0)
    throw new Error(`The sign-in key ${keyFile} can be used by others than its owner. Run: chmod 600 ${keyFile}`);
  return importPKCS8(await readFile(keyFile, "utf8"), "EdDSA", { extractable: true });
}
