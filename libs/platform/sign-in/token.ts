import {
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeJwt,
  errors,
  jwtVerify,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
} from "jose";
import { LRUCache } from "lru-cache";
import type { Actor } from "#kernel/kernel.js";
import { digestOf } from "./digest.js";
import { idOf } from "../values/ids.js";
import { unavailable } from "../http/problem.js";

/** Not a token to be trusted; nothing of it is told. */
export class InvalidToken extends Error {
  /** `reason`: a code for the log, such as that its signature is not the issuer's. */
  constructor(
    readonly code: "TokenExpired" | "TokenInvalid",
    readonly reason: string,
  ) {
    super(code === "TokenExpired" ? "The access token has expired. Sign in again." : "The access token is not valid. Sign in again.");
  }
}

export interface TokenSource {
  readonly issuer: string;
  readonly audience: string;
  /** Where the issuer publishes its keys; asked of the issuer (OpenID Connect Discovery) if not said. */
  readonly jwksUri?: string;
  /** Keys known beforehand, instead of an address. */
  readonly jwks?: JSONWebKeySet;
}

// Public keys only: a shared secret could be forged by everybody who can check it.
const algorithms = ["EdDSA", "ES256", "RS256"];
const types = ["at+jwt", "jwt"];
const longestRemembered = 60_000;
/** Seconds by which the issuer's clock and ours may differ. */
const clockTolerance = 5;

/** Who has signed in, and until when. */
export interface Caller {
  readonly actor: Actor;
  readonly until: Date;
}

/**
 * Checks access tokens (OIDC): signature, type, issuer, audience, time. A verified one is remembered for a minute at most.
 * Throws InvalidToken; while the issuer's keys cannot be had, nobody is signed out: that is a problem of its own (503).
 */
export function tokenVerifier({ issuer, audience, jwksUri, jwks }: TokenSource): (token: string) => Promise<Caller> {
  const keys = jwks ? createLocalJWKSet(jwks) : jwksUri ? createRemoteJWKSet(new URL(jwksUri)) : discoveredKeys(issuer);
  const verified = new LRUCache<string, Caller>({ max: 10_000 });
  return async (token) => {
    const digest = digestOf(token).toString("base64url");
    const known = verified.get(digest);
    if (known) return known;
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms,
      clockTolerance,
      requiredClaims: ["exp", "sub"],
    }).catch((error: unknown) => {
      throw problemOf(error);
    });
    if (!types.includes(protectedHeader.typ?.toLowerCase().replace("application/", "") ?? ""))
      throw new InvalidToken("TokenInvalid", "TYPE_NOT_ALLOWED");
    const caller = { actor: actorOf(payload), until: new Date(payload.exp! * 1_000) };
    const ttl = Math.min(caller.until.getTime() - Date.now(), longestRemembered);
    if (ttl > 0) verified.set(digest, caller, { ttl });
    return caller;
  };
}

/** What jose calls it; of a claim, also which one. Never what the token holds. */
const reasonOf = ({ code, ...error }: errors.JOSEError): string =>
  "claim" in error && typeof error.claim === "string" ? `${code} ${error.claim}` : code;

/** Asks the issuer whether it is there. @throws where it does not answer, or is somebody else */
export async function reachIssuer({ issuer, jwksUri, jwks }: Omit<TokenSource, "audience">): Promise<void> {
  if (jwks) return;
  if (!jwksUri) return void (await discover(issuer));
  const { ok, status } = await fetch(jwksUri, { signal: AbortSignal.timeout(5_000), redirect: "error" });
  if (!ok) throw new Error(`the issuer's keys are answered with ${status}`);
}

/** Whose token it says that it is, before anybody has checked it. */
export function claimedBy(token: string): string {
  try {
    return idIn(decodeJwt(token).sub) ?? "";
  } catch {
    return "";
  }
}

/** Asked at the first token, so that the api starts whether or not the issuer is up. */
function discoveredKeys(issuer: string): JWTVerifyGetKey {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    keys ??= discover(issuer).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return (await keys)(header, token);
  };
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const response = await fetch(address, { signal: AbortSignal.timeout(5_000), redirect: "error" });
  const found = (await response.json()) as { issuer?: string; jwks_uri?: string };
  if (found.issuer !== issuer) throw new Error(`${address} does not speak for OIDC_ISSUER.`);
  return createRemoteJWKSet(new URL(found.jwks_uri ?? ""));
}

/** What jose finds wrong with a token is the caller's; whatever keeps the issuer's keys from us is not. */
function problemOf(error: unknown): Error {
  if (error instanceof errors.JWTExpired) return new InvalidToken("TokenExpired", error.code);
  const away = !(error instanceof errors.JOSEError) || ["ERR_JOSE_GENERIC", "ERR_JWKS_TIMEOUT", "ERR_JWKS_INVALID"].includes(error.code);
  return away ? unavailable() : new InvalidToken("TokenInvalid", reasonOf(error));
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

const idIn = (value: unknown): string | undefined => {
  const claimed = text(value);
  return claimed === undefined ? undefined : idOf(claimed);
};

/** Without a role nothing is allowed, so a token that names none signs nobody in. */
function actorOf({ sub, ...claims }: JWTPayload): Actor {
  const [id, role, organisation, shelter] = [sub, claims["role"], claims["organisation"], claims["shelter"]].map(idIn);
  if (!id || !role) throw new InvalidToken("TokenInvalid", "SUBJECT_OR_ROLE_MISSING");
  const district = text(claims["district"]);
  return { id, role, ...(organisation && { organisation }), ...(shelter && { shelter }), ...(district && { district }) };
}
