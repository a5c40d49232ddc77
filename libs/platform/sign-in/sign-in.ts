import { timingSafeEqual } from "node:crypto";
import { SignJWT, type JSONWebKeySet } from "jose";
import { v5 as uuidv5 } from "uuid";
import { digestOf } from "./digest.js";
import { signingKeyOf } from "./signing-key.js";

/** The shelters of the demo; their ids follow from their codes. */
export const demoShelters = {
  Kigoma: "ac63436b-e072-5b41-bd7e-f8086d4f90f8",
  Kagera: "db9e02c4-fc9f-590f-8616-7178cbf08df5",
  Mwanza: "02e4165e-be59-50ab-bacd-c0e260bf821f",
  DarEsSalaam: "b755b76a-66e6-5dfe-bc3b-92ce3fd4c2c0",
} as const;
export const demoOrganisation = "4c5a1f60-0000-4000-8000-0000000000ff";

/** Whose officers vet the demo's houses. */
export const demoGovernment = "4c5a1f60-0000-4000-8000-0000000000fe";

/** `id` stands in the history; the name is for signing in only. */
export interface DemoPerson {
  readonly id: string;
  readonly username: string;
  readonly role: string;
  readonly shelter?: string;
  /** Where it is not the demo's own. */
  readonly organisation?: string;
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
  { ...person("jabari", "social-welfare-officer"), organisation: demoGovernment },
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
  const { key, kid, jwks } = await signingKeyOf(keyFile);
  return {
    issuer,
    jwks: () => jwks,
    discovery: () => ({
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      token_endpoint: `${issuer}/token`,
      grant_types_supported: ["password"],
    }),
    async token(username, password) {
      const found = demoPeople.find((each) => each.username === username);
      if (!found || !same(password, demoPassword)) return null;
      const { id, role, shelter, organisation = demoOrganisation } = found;
      const access_token = await new SignJWT({ role, organisation, ...(shelter && { shelter }) })
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

const same = (given: string, right: string): boolean => timingSafeEqual(digestOf(given), digestOf(right));
