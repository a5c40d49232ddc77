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
import { plainClaims, textsAt, type ClaimNames } from "./claims.js";
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
  /** Where in a token the issuer says what; not said: `role`, `organisation`, `shelter`, `district`. */
  readonly claims?: ClaimNames;
  /** Which types of token are taken. */
  readonly types?: readonly string[];
  /** Keys known beforehand, instead of an address. */
  readonly jwks?: JSONWebKeySet;
}

// Public keys only: a shared secret could be forged by everybody who can check it.
const algorithms = ["EdDSA", "ES256", "RS256"];
/** Many issuers call an access token `JWT`; in production it has to be an access token by name (RFC 9068). */
export const anyType: readonly string[] = ["at+jwt", "jwt"];
export const accessTokensOnly: readonly string[] = ["at+jwt"];
const longestRemembered = 60_000;
/** Seconds by which the issuer's clock and ours may differ. */
const clockTolerance = 5;

/** Who has signed in, as her issuer says, and until when. */
export interface Verified {
  readonly issuer: string;
  /** Her id at the issuer. */
  readonly subject: string;
  /** What the issuer says of her: whether it counts is not decided here. */
  readonly claimed: { readonly [Name in keyof ClaimNames]: readonly string[] };
  readonly issuedAt: Date;
  readonly until: Date;
}

/** As whom somebody acts, and until when. */
export interface Caller {
  readonly actor: Actor;
  readonly until: Date;
}

/** Checks access tokens. */
export interface TokenVerifier {
  /** @throws InvalidToken; while the issuer's keys cannot be had, nobody is signed out: that is a problem of its own (503) */
  (token: string): Promise<Verified>;
  /** Whose it is, where it was verified within the last minute. */
  remembered(token: string): Verified | undefined;
}

/** By OIDC: signature, type, issuer, audience, time. A verified one is remembered for a minute at most. */
export function tokenVerifier({ issuer, audience, jwksUri, jwks, claims = plainClaims, types = anyType }: TokenSource): TokenVerifier {
  const keys = jwks ? createLocalJWKSet(jwks) : jwksUri ? createRemoteJWKSet(new URL(jwksUri)) : discoveredKeys(issuer);
  const verified = new LRUCache<string, Verified>({ max: 10_000 });
  const remembered = (token: string) => verified.get(digestOf(token).toString("base64url"));
  const verify = async (token: string): Promise<Verified> => {
    const known = remembered(token);
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
    const who = {
      issuer,
      subject: subjectOf(payload),
      claimed: claimedIn(payload, claims),
      issuedAt: new Date((payload.iat ?? 0) * 1_000),
      until: new Date(payload.exp! * 1_000),
    };
    const ttl = Math.min(who.until.getTime() - Date.now(), longestRemembered);
    if (ttl > 0) verified.set(digestOf(token).toString("base64url"), who, { ttl });
    return who;
  };
  return Object.assign(verify, { remembered });
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

const idIn = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? idOf(value) : undefined);

function subjectOf({ sub }: JWTPayload): string {
  const subject = idIn(sub);
  if (subject === undefined) throw new InvalidToken("TokenInvalid", "SUBJECT_MISSING");
  return subject;
}

const claimedIn = (payload: JWTPayload, { role, organisation, shelter, district }: ClaimNames): Verified["claimed"] => ({
  role: textsAt(payload, role),
  organisation: textsAt(payload, organisation).map(idOf),
  shelter: textsAt(payload, shelter).map(idOf),
  district: textsAt(payload, district),
});

/**
 * As whom somebody acts where the issuer decides about roles. `isRole`: an issuer has roles of its own beside ours. Without a role nothing is
 * allowed, so a token that names none signs nobody in.
 */
export function byToken({ subject, claimed, until }: Verified, isRole: (text: string) => boolean = () => true): Caller {
  const role = claimed.role.find(isRole) ?? claimed.role[0];
  if (role === undefined) throw new InvalidToken("TokenInvalid", "ROLE_MISSING");
  const [[organisation], [shelter], [district]] = [claimed.organisation, claimed.shelter, claimed.district];
  return {
    actor: { id: subject, role, ...(organisation && { organisation }), ...(shelter && { shelter }), ...(district && { district }) },
    until,
  };
}
