import { randomUUID, timingSafeEqual } from "node:crypto";
import { link, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import {
  calculateJwkThumbprint,
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  importPKCS8,
  SignJWT,
  type CryptoKey,
  type JSONWebKeySet,
  type JWK,
} from "jose";
import { v5 as uuidv5 } from "uuid";
import { digestOf } from "./digest.js";

/** The shelters of the demo; their ids follow from the keys they are registered with. */
export const demoShelters = {
  Kigoma: "a1021d66-ce94-5c01-bebd-40ce25c5ab87",
  Kagera: "af1224bc-7736-5418-9953-369613c0670d",
  Mwanza: "9eb7a349-d733-5f24-bf83-2659180aed82",
  DarEsSalaam: "5b1b5d68-63be-5921-a146-ee44ce5bf94c",
} as const;
export const demoOrganisation = "4c5a1f60-0000-4000-8000-0000000000ff";

/** `id` stands in the history; the name is for signing in only. */
export interface DemoPerson {
  readonly id: string;
  readonly username: string;
  readonly role: string;
  readonly shelter?: string;
}

const person = (username: string, role: string, shelter?: string): DemoPerson => ({
  id: uuidv5(username, demoOrganisation),
  username,
  role,
  ...(shelter && { shelter }),
});

/** Invented people, one or more for each role. */
export const demoPeople: readonly DemoPerson[] = [
  person("amina", "shelter-case-manager", demoShelters.Kigoma),
  person("baraka", "shelter-case-manager", demoShelters.Kagera),
  person("chausiku", "shelter-case-manager", demoShelters.Mwanza),
  person("daudi", "shelter-case-manager", demoShelters.DarEsSalaam),
  person("esther", "shelter-manager", demoShelters.Kigoma),
  person("faraji", "shelter-manager", demoShelters.Kagera),
  person("grace", "shelter-manager", demoShelters.Mwanza),
  person("hamisi", "shelter-manager", demoShelters.DarEsSalaam),
  person("imani", "supervisor"),
  person("jabari", "social-welfare-officer"),
  person("khadija", "nurse", demoShelters.Kigoma),
  person("lulu", "psychologist", demoShelters.Kigoma),
  person("musa", "lawyer"),
  person("neema", "return-officer"),
  person("omari", "investigator"),
  person("pendo", "monitoring-officer"),
  person("rehema", "auditor"),
  person("salim", "data-protection-officer"),
  person("tatu", "platform-administrator"),
  person("upendo", "data-team"),
  person("vumilia", "platform-administrator"),
  person("wema", "importer"),
];
export const demoPassword = "hifadhi-demo";

const lifetime = 900;

/** The built-in issuer signs anybody in who knows the demo's password: never in production. */
export function assertNotProduction(environment: Readonly<Record<string, string | undefined>>): void {
  if (environment["NODE_ENV"] === "production")
    throw new Error("DEMO_SIGN_IN must not be set in production (NODE_ENV=production). Name a real issuer with OIDC_ISSUER.");
}

export interface Issuer {
  readonly issuer: string;
  jwks(): JSONWebKeySet;
  discovery(): object;
  /** Null: nobody of that name and password. */
  token(username: string, password: string): Promise<{ access_token: string; token_type: string; expires_in: number } | null>;
}

/** An issuer with an Ed25519 key that is kept, usable by its owner only, so that a restart signs nobody out. Lifetime in seconds. */
export async function createIssuer({
  issuer,
  keyFile,
  audience = "hifadhi",
}: {
  issuer: string;
  keyFile: string;
  audience?: string;
}): Promise<Issuer> {
  const key = await signingKey(keyFile);
  const { kty, crv, x } = (await exportJWK(key)) as JWK;
  const publicKey = { kty: kty!, crv: crv!, x: x! };
  const kid = await calculateJwkThumbprint(publicKey);
  return {
    issuer,
    jwks: () => ({ keys: [{ ...publicKey, kid, alg: "EdDSA", use: "sig" }] }),
    discovery: () => ({
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      token_endpoint: `${issuer}/token`,
      grant_types_supported: ["password"],
    }),
    async token(username, password) {
      const found = demoPeople.find((each) => each.username === username);
      if (!found || !same(password, demoPassword)) return null;
      const { id, role, shelter } = found;
      const access_token = await new SignJWT({ role, organisation: demoOrganisation, ...(shelter && { shelter }) })
        .setProtectedHeader({ alg: "EdDSA", kid, typ: "at+jwt" })
        .setSubject(id)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(`${lifetime}s`)
        .sign(key);
      return { access_token, token_type: "Bearer", expires_in: lifetime };
    },
  };
}

/** Made at the first start, whole or not at all. */
async function signingKey(keyFile: string): Promise<CryptoKey> {
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

const same = (given: string, right: string): boolean => timingSafeEqual(digestOf(given), digestOf(right));
