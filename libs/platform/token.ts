import { createHash } from "node:crypto";
import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from "jose";
import { LRUCache } from "lru-cache";
import type { Actor } from "#kernel/kernel.js";

/** Not a token to be trusted; nothing of it is told. */
export class InvalidToken extends Error {
  constructor(readonly code: "TokenExpired" | "TokenInvalid") {
    super(code === "TokenExpired" ? "The access token has expired." : "The access token is not valid.");
  }
}

export interface TokenSource {
  readonly issuer: string;
  readonly audience: string;
  /** Where the issuer publishes its keys; `<issuer>/.well-known/jwks.json` if not said. */
  readonly jwksUri?: string;
  /** Keys known beforehand, instead of an address. */
  readonly jwks?: JSONWebKeySet;
}

const algorithms = ["EdDSA", "ES256", "RS256"];
const longestCached = 60_000;

/** Checks access tokens (OIDC): signature, issuer, audience, time. A verified one is remembered for a minute at most. */
export function tokenVerifier({ issuer, audience, jwksUri, jwks }: TokenSource): (token: string) => Promise<Actor> {
  const keys = jwks
    ? createLocalJWKSet(jwks)
    : createRemoteJWKSet(new URL(jwksUri ?? `${issuer.replace(/\/$/, "")}/.well-known/jwks.json`));
  const verified = new LRUCache<string, Actor>({ max: 10_000 });
  return async (token) => {
    const digest = createHash("sha256").update(token).digest("base64url");
    const known = verified.get(digest);
    if (known) return known;
    try {
      const { payload } = await jwtVerify(token, keys, { issuer, audience, algorithms, requiredClaims: ["exp", "sub"] });
      const actor = actorOf(payload);
      const ttl = Math.min(payload.exp! * 1_000 - Date.now(), longestCached);
      if (ttl > 0) verified.set(digest, actor, { ttl });
      return actor;
    } catch (error) {
      throw new InvalidToken(error instanceof errors.JWTExpired ? "TokenExpired" : "TokenInvalid");
    }
  };
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

const actorOf = ({ sub, role, organisation, shelter }: JWTPayload): Actor => ({
  id: sub!,
  role: text(role) ?? "",
  ...(text(organisation) && { organisation: text(organisation) }),
  ...(text(shelter) && { shelter: text(shelter) }),
});
