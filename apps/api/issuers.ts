import { createIssuer, assertNotProduction } from "#platform/sign-in/sign-in.js";
import { signingKeyOf, type SigningKey } from "#platform/sign-in/signing-key.js";
import { accessTokensOnly, anyType, reachIssuer, type TokenSource } from "#platform/sign-in/token.js";
import type { Configuration } from "./configuration.js";

/** Who signs people in, and how their tokens are known. */
export interface Issuers {
  /** Of the demo's people; null: there is no demo. */
  readonly demo: Awaited<ReturnType<typeof createIssuer>> | null;
  /** Of the built-in provider, whose subjects are staff ids; null: people sign in elsewhere. */
  readonly builtIn: SigningKey | null;
  readonly source: TokenSource;
  /** Asks the issuer whether it is there; the answer counts for a while. */
  readonly reach: () => Promise<void>;
}

/** Where people reach the api. */
export const baseOf = ({ PUBLIC_URL, PORT }: Pick<Configuration, "PUBLIC_URL" | "PORT">): string =>
  PUBLIC_URL?.replace(/\/$/, "") ?? `http://127.0.0.1:${PORT}`;

/** @throws where nobody is configured to sign people in, or what is refused in production */
export async function issuersOf(configuration: Configuration): Promise<Issuers> {
  const { DEMO_SIGN_IN, BUILT_IN_SIGN_IN, SIGN_IN_KEY_FILE, OIDC_AUDIENCE } = configuration;
  if (DEMO_SIGN_IN) assertNotProduction(process.env);
  const keyFile = SIGN_IN_KEY_FILE ?? "./data/sign-in.key";
  const issuer = `${baseOf(configuration)}/sign-in`;
  if (!DEMO_SIGN_IN && !BUILT_IN_SIGN_IN) {
    const source = outside(configuration);
    return { demo: null, builtIn: null, source, reach: seldom(() => reachIssuer(source)) };
  }
  if (!DEMO_SIGN_IN) requireHttps("PUBLIC_URL", issuer);
  const key = await signingKeyOf(keyFile);
  const demo = DEMO_SIGN_IN ? await createIssuer({ issuer, keyFile, audience: OIDC_AUDIENCE }) : null;
  const source = { issuer, audience: OIDC_AUDIENCE, jwks: key.jwks };
  return { demo, builtIn: demo ? null : key, source, reach: seldom(() => reachIssuer(source)) };
}

const inProduction = (): boolean => process.env["NODE_ENV"] === "production";

function requireHttps(name: string, address: string): void {
  if (inProduction() && !address.startsWith("https:"))
    throw new Error(`${name} must be an https address in production (NODE_ENV=production).`);
}

function outside(configuration: Configuration): TokenSource {
  const { OIDC_ISSUER, OIDC_AUDIENCE } = configuration;
  if (!OIDC_ISSUER)
    throw new Error(
      "OIDC_ISSUER is not set: name the issuer of access tokens, or set BUILT_IN_SIGN_IN=yes, or DEMO_SIGN_IN=yes on a laptop.",
    );
  requireHttps("OIDC_ISSUER", OIDC_ISSUER);
  const claims = {
    role: configuration.OIDC_ROLE_CLAIM,
    organisation: configuration.OIDC_ORGANISATION_CLAIM,
    shelter: configuration.OIDC_SHELTER_CLAIM,
    district: configuration.OIDC_DISTRICT_CLAIM,
  };
  return { issuer: OIDC_ISSUER, audience: OIDC_AUDIENCE, claims, types: inProduction() ? accessTokensOnly : anyType };
}

/** How long an answer of the issuer counts, milliseconds: health is asked every few seconds. */
const counts = 30_000;

/** The same answer for a while, however often it is asked. */
function seldom(ask: () => Promise<void>): () => Promise<void> {
  let [answer, until]: [Promise<void> | undefined, number] = [undefined, 0];
  return () => {
    if (!answer || performance.now() > until) [answer, until] = [ask(), performance.now() + counts];
    return answer;
  };
}
