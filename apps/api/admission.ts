import { LRUCache } from "lru-cache";
import { roles } from "#access/roles.js";
import { notAdmitted, unauthenticated } from "#platform/http/problem.js";
import { byToken, type Caller, type Verified } from "#platform/sign-in/token.js";
import type { Accounts } from "#platform/sign-in/accounts.js";
import type { Directory } from "./directory.js";

/** In which of her roles, for which of her organisations, somebody wants to act: `Acting-As` and `Acting-For`. */
export interface Wish {
  readonly role?: string | undefined;
  readonly organisation?: string | undefined;
}

/** As whom somebody acts whose token was verified. */
export type Admit = (verified: Verified, wish: Wish) => Promise<Caller>;

interface Options {
  /** The api's own issuer, whose subjects are staff ids; undefined: people sign in elsewhere. */
  readonly own: string | undefined;
  /** People sign out everywhere at it. */
  readonly signsOut: boolean;
  /** Who decides about the roles of somebody who is no member here: nobody, or whoever issued her token. */
  readonly rolesFrom: "members" | "token";
}

const isRole = (text: string): boolean => (roles as readonly string[]).includes(text);

/**
 * A token tells who comes; what she may is said by her membership. Where the organisation's own provider keeps roles, whoever is no member here
 * acts as her token says. Whoever was sent away here is out, whatever her token says.
 */
export const admissionBy =
  (
    directory: Pick<Directory, "admit" | "staffOf">,
    accounts: Pick<Accounts, "tokensAfter">,
    { own, signsOut, rolesFrom }: Options,
  ): Admit =>
  async (verified, wish) => {
    const { issuer, subject, until } = verified;
    if (signsOut && (await signedOutAfter(accounts, verified))) throw unauthenticated("TokenExpired");
    const staff = issuer === own ? subject : ((await directory.staffOf(issuer, subject)) ?? subject);
    const admission = await directory.admit({ staff, ...wish });
    if ("actor" in admission) return { actor: admission.actor, until };
    if (admission.refused === "NotAMember" && rolesFrom === "token") return byToken(verified, isRole);
    throw notAdmitted(admission.refused);
  };

/** How long it is not asked anew whether somebody has signed out everywhere, milliseconds. */
const unasked = 2_000;
const signedOut = new LRUCache<string, { readonly after: number }>({ max: 10_000, ttl: unasked });

/** Has she signed out everywhere since the token was issued? A token tells its time in whole seconds. */
async function signedOutAfter(accounts: Pick<Accounts, "tokensAfter">, { subject, issuedAt }: Verified): Promise<boolean> {
  const known = signedOut.get(subject) ?? { after: await accounts.tokensAfter(subject) };
  signedOut.set(subject, known);
  return issuedAt.getTime() + 1_000 <= known.after;
}
