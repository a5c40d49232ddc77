import { timingSafeEqual } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { exportJWK, exportPKCS8, generateKeyPair, importPKCS8, SignJWT, type JSONWebKeySet, type JWK } from "jose";

/** The shelters of the demo; their ids follow from the keys they are registered with. */
export const demoShelters = {
  Kigoma: "a1021d66-ce94-5c01-bebd-40ce25c5ab87",
  Kagera: "af1224bc-7736-5418-9953-369613c0670d",
  Mwanza: "9eb7a349-d733-5f24-bf83-2659180aed82",
  DarEsSalaam: "5b1b5d68-63be-5921-a146-ee44ce5bf94c",
} as const;
export const demoOrganisation = "4c5a1f60-0000-4000-8000-0000000000ff";

export interface DemoPerson {
  readonly username: string;
  readonly role: string;
  readonly shelter?: string;
}

/** Invented people, one or more for each role. */
export const demoPeople: readonly DemoPerson[] = [
  { username: "amina", role: "shelter-case-manager", shelter: demoShelters.Kigoma },
  { username: "baraka", role: "shelter-case-manager", shelter: demoShelters.Kagera },
  { username: "chausiku", role: "shelter-case-manager", shelter: demoShelters.Mwanza },
  { username: "daudi", role: "shelter-case-manager", shelter: demoShelters.DarEsSalaam },
  { username: "esther", role: "shelter-manager", shelter: demoShelters.Kigoma },
  { username: "faraji", role: "shelter-manager", shelter: demoShelters.Kagera },
  { username: "grace", role: "shelter-manager", shelter: demoShelters.Mwanza },
  { username: "hamisi", role: "shelter-manager", shelter: demoShelters.DarEsSalaam },
  { username: "imani", role: "supervisor" },
  { username: "jabari", role: "social-welfare-officer" },
  { username: "khadija", role: "nurse", shelter: demoShelters.Kigoma },
  { username: "lulu", role: "psychologist", shelter: demoShelters.Kigoma },
  { username: "musa", role: "lawyer" },
  { username: "neema", role: "return-officer" },
  { username: "omari", role: "investigator" },
  { username: "pendo", role: "monitoring-officer" },
  { username: "rehema", role: "auditor" },
  { username: "salim", role: "data-protection-officer" },
  { username: "tatu", role: "platform-administrator" },
  { username: "upendo", role: "data-team" },
];
export const demoPassword = "hifadhi-demo";

const lifetime = 900;
const audience = "hifadhi";

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

/** An issuer with an Ed25519 key that is kept, readable by its owner only, so that a restart signs nobody out. */
export async function createIssuer({ issuer, keyFile }: { issuer: string; keyFile: string }): Promise<Issuer> {
  if (!existsSync(keyFile)) {
    const { privateKey } = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
    writeFileSync(keyFile, await exportPKCS8(privateKey), { mode: 0o600, flag: "wx" });
  }
  const key = await importPKCS8(readFileSync(keyFile, "utf8"), "EdDSA", { extractable: true });
  const { d: _, ...publicKey } = (await exportJWK(key)) as JWK;
  return {
    issuer,
    jwks: () => ({ keys: [{ ...publicKey, kid: "built-in", alg: "EdDSA", use: "sig" }] }),
    discovery: () => ({
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      token_endpoint: `${issuer}/token`,
      grant_types_supported: ["password"],
    }),
    async token(username, password) {
      const person = demoPeople.find((each) => each.username === username);
      if (!person || !same(password, demoPassword)) return null;
      const { role, shelter } = person;
      const access_token = await new SignJWT({ role, organisation: demoOrganisation, ...(shelter && { shelter }) })
        .setProtectedHeader({ alg: "EdDSA", kid: "built-in", typ: "at+jwt" })
        .setSubject(username)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(`${lifetime}s`)
        .sign(key);
      return { access_token, token_type: "Bearer", expires_in: lifetime };
    },
  };
}

const same = (given: string, right: string): boolean =>
  given.length === right.length && timingSafeEqual(Buffer.from(given), Buffer.from(right));
