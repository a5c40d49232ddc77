import type { JWTPayload } from "jose";

/** Where in a token each claim stands: `role`, or `realm_access.roles`, as Keycloak writes it. */
export interface ClaimNames {
  readonly role: string;
  readonly organisation: string;
  readonly shelter: string;
  readonly district: string;
}
export const plainClaims: ClaimNames = { role: "role", organisation: "organisation", shelter: "shelter", district: "district" };

/** The texts at a place of a token: one, or those of a list. A name that holds a dot itself is found as it stands. */
export function textsAt(payload: JWTPayload, place: string): readonly string[] {
  const within = (value: unknown, path: readonly string[]): unknown => {
    if (path.length === 0) return value;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    const [whole, [name, ...rest]] = [path.join("."), path as [string, ...string[]]];
    if (Object.hasOwn(value, whole)) return (value as Record<string, unknown>)[whole];
    return Object.hasOwn(value, name) ? within((value as Record<string, unknown>)[name], rest) : undefined;
  };
  return [within(payload, place.split("."))].flat().filter((each): each is string => typeof each === "string" && each !== "");
}
