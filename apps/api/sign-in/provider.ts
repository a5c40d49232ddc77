import { Provider, interactionPolicy, type KoaContextWithOIDC } from "oidc-provider";
import type { JWK } from "jose";
import type { IsOurs } from "#platform/http/origins.js";
import type { Accounts } from "#platform/sign-in/accounts.js";
import { providerStore } from "#platform/sign-in/provider-store.js";
import { pageOfProblem, pageOfSignOut, pageSignedOut } from "./pages.js";
import { languageOf } from "#platform/http/language.js";

/** The one client: programs that people use, in a browser or on a phone. It can keep no secret, so it has none. */
export const clientId = "hifadhi";
/** What access tokens are for, as the provider names it. */
const resource = "urn:hifadhi:api";

/** Seconds. Who does nothing for a quarter of an hour signs in again; after half a day everybody does (numbered requirement 19). */
const idle = 900;
const longest = 43_200;
const accessToken = 600;

export interface ProviderOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly accounts: Accounts;
  readonly key: JWK;
  /** What cookies are signed with. */
  readonly cookieKeys: readonly string[];
  /** Pages of these origins may ask for tokens, and are gone back to. */
  readonly isOurs: IsOurs;
  /** May somebody act here at all? Asked whenever a token is asked for. */
  readonly isAdmitted: (staff: string) => Promise<boolean>;
  /** Hears why somebody was refused: a code. */
  readonly refused: (code: string) => void;
}

/**
 * The built-in OpenID provider: authorisation code with PKCE, refresh tokens that are used once. A refresh token that comes a second time was
 * stolen from somebody: all that were issued with it end.
 */
export function openProvider({ issuer, audience, accounts, key, cookieKeys, isOurs, isAdmitted, refused }: ProviderOptions): Provider {
  const policy = interactionPolicy.base();
  // Who signs in at a shelter's own provider has agreed to the shelter's own programs.
  policy.remove("consent");
  // Whoever was sent away has no session any more, whatever her browser holds.
  const { Check } = interactionPolicy;
  const isGone = async ({ oidc }: KoaContextWithOIDC): Promise<boolean> =>
    oidc.session?.accountId !== undefined && !(await isAdmitted(oidc.session.accountId)) ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT;
  policy.get("login")!.checks.add(new Check("not_admitted", "she may not act here any longer", "login_required", isGone));
  const provider = new Provider(issuer, {
    adapter: providerStore(accounts.pool),
    clients: [
      {
        client_id: clientId,
        redirect_uris: [`${issuer}/unused`],
        post_logout_redirect_uris: [`${issuer}/unused`],
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        token_endpoint_auth_method: "none",
        id_token_signed_response_alg: "EdDSA",
      },
    ],
    jwks: { keys: [key as never] },
    cookies: {
      keys: [...cookieKeys],
      long: { sameSite: "lax", httpOnly: true, signed: true },
      short: { sameSite: "lax", httpOnly: true, signed: true },
    },
    enabledJWA: { idTokenSigningAlgValues: ["EdDSA"] },
    clientBasedCORS: (_ctx, origin) => isOurs(origin),
    pkce: { required: () => true },
    scopes: ["openid", "offline_access"],
    claims: { openid: ["sub"] },
    ttl: {
      AccessToken: accessToken,
      AuthorizationCode: 60,
      IdToken: accessToken,
      Interaction: idle,
      Session: idle,
      RefreshToken: idle,
      Grant: longest,
    },
    rotateRefreshToken: () => true,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    findAccount: async (_ctx, staff) =>
      (await isAdmitted(staff)) ? { accountId: staff, claims: async () => ({ sub: staff }) } : undefined,
    loadExistingGrant: grantFor,
    interactions: { policy, url: (_ctx, { uid }) => `/sign-in/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, asked) => ({
          scope: "",
          audience: asked === resource ? audience : asked,
          accessTokenTTL: accessToken,
          accessTokenFormat: "jwt" as const,
          jwt: { sign: { alg: "EdDSA" as const } },
        }),
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx, form) => void (ctx.body = pageOfSignOut(languageIn(ctx), form)),
        postLogoutSuccessSource: async (ctx) => void (ctx.body = pageSignedOut(languageIn(ctx))),
      },
    },
    renderError: async (ctx, out) => {
      ctx.type = "html";
      ctx.body = pageOfProblem(languageIn(ctx), out.error);
    },
  });
  // Behind a proxy it is reached by the address that the issuer names, and its cookies are for https alone.
  provider.proxy = issuer.startsWith("https:");
  // Any page of an origin that may ask is gone back to: it is the shelter's own.
  const isOfOurs = (uri: string): boolean => isOurs(originOf(uri));
  Object.assign(provider.Client.prototype, { redirectUriAllowed: isOfOurs, postLogoutRedirectUriAllowed: isOfOurs });
  provider.on("grant.error", (_ctx, { error }) => refused(error));
  provider.on("authorization.error", (_ctx, { error }) => refused(error));
  return provider;
}

const languageIn = (ctx: KoaContextWithOIDC) =>
  languageOf(ctx.oidc.params?.["ui_locales"] as string | undefined, ctx.get("accept-language"));

const originOf = (uri: string): string => {
  try {
    return new URL(uri).origin;
  } catch {
    return "";
  }
};

/** What was agreed to before, or is agreed to by signing in. */
async function grantFor({ oidc }: KoaContextWithOIDC) {
  const known = oidc.session?.grantIdFor(oidc.client!.clientId);
  const found = known && (await oidc.provider.Grant.find(known));
  if (found) return found;
  const grant = new oidc.provider.Grant({ accountId: oidc.session!.accountId!, clientId: oidc.client!.clientId });
  grant.addOIDCScope("openid offline_access");
  await grant.save();
  return grant;
}
