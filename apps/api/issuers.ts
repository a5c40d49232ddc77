import { assertNotProduction, createIssuer } from "#platform/sign-in/sign-in.js";
import { reachIssuer, type TokenSource } from "#platform/sign-in/token.js";
import type { Configuration } from "./configuration.js";

/** Who signs people in, and how their tokens are known. */
export interface Issuers {
  /** The api's own, on a laptop; null: somebody else's. */
  readonly own: Awaited<ReturnType<typeof createIssuer>> | null;
  readonly source: TokenSource;
  /** Asks the issuer whether it is there; the answer counts for a while. */
  readonly reach: () => Promise<void>;
}

/** @throws where neither an issuer nor the sign-in of a demo is configured, or the latter in production */
export async function issuersOf(configuration: Configuration): Promise<Issuers> {
  const own = await builtInIssuer(configuration);
  const source = tokenSourceOf(configuration, own);
  return { own, source, reach: seldom(() => reachIssuer(source)) };
}

async function builtInIssuer({ DEMO_SIGN_IN, PORT, SIGN_IN_KEY_FILE, OIDC_AUDIENCE }: Configuration): Promise<Issuers["own"]> {
  if (!DEMO_SIGN_IN) return null;
  assertNotProduction(process.env);
  return createIssuer({
    issuer: `http://127.0.0.1:${PORT}/sign-in`,
    keyFile: SIGN_IN_KEY_FILE ?? "./data/sign-in.key",
    audience: OIDC_AUDIENCE,
  });
}

function tokenSourceOf({ OIDC_ISSUER, OIDC_AUDIENCE }: Configuration, issuer: Issuers["own"]): TokenSource {
  if (issuer) return { issuer: issuer.issuer, audience: OIDC_AUDIENCE, jwks: issuer.jwks() };
  if (!OIDC_ISSUER) throw new Error("OIDC_ISSUER is not set: name the issuer of access tokens, or set DEMO_SIGN_IN=yes on a laptop.");
  return { issuer: OIDC_ISSUER, audience: OIDC_AUDIENCE };
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
