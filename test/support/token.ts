import { readFile } from "node:fs/promises";
import { calculateJwkThumbprint, exportJWK, importPKCS8, SignJWT } from "jose";
import type { System } from "./system.js";

/** A token as the issuer itself would sign it, valid until then. */
export async function tokenUntil(
  { environment, base }: System,
  instant: Date,
  claims: object = { role: "auditor" },
  subject = "4c5a1f60-0000-4000-8000-000000000001",
): Promise<string> {
  const key = await importPKCS8(await readFile(environment["SIGN_IN_KEY_FILE"]!, "utf8"), "EdDSA", { extractable: true });
  const { kty, crv, x } = await exportJWK(key);
  const kid = await calculateJwkThumbprint({ kty: kty!, crv: crv!, x: x! });
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: "EdDSA", kid, typ: "at+jwt" })
    .setSubject(subject)
    .setIssuer(`http://127.0.0.1:${new URL(base).port}/sign-in`)
    .setAudience("hifadhi")
    .setIssuedAt(new Date(instant.getTime() - 900_000))
    .setExpirationTime(instant)
    .sign(key);
}
