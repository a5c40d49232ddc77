import { createHash, randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";

/** What a sign-in ended with. */
export interface SignedInTokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

const decoded = (html: string): string => html.replaceAll("&amp;", "&").replaceAll("&quot;", '"').replaceAll("&lt;", "<");
const hidden = (page: string, name: string): string => decoded(new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? "");

/** Somebody at a browser: keeps cookies, follows redirects, fills in forms, and has an authenticator app. */
export class PersonAtABrowser {
  readonly #cookies = new Map<string, string>();
  /** Of her authenticator app. */
  secret: string | undefined;
  #used = 0;
  /** The address from which a proxy says that she comes. */
  from: string | undefined;

  constructor(
    readonly base: string,
    readonly username: string,
    readonly password: string,
    /** Where the program that she uses is served: signing in goes back there. */
    readonly program = "http://127.0.0.1:4999/back",
  ) {}

  /** One request; a redirect is answered as it is. */
  async ask(path: string, form?: Readonly<Record<string, string>>): Promise<Response> {
    const url = new URL(path, this.base);
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, {
      redirect: "manual",
      headers: { ...(cookie && { cookie }), ...(this.from && { "x-forwarded-for": this.from }), "accept-language": "en" },
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
    });
    for (const each of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(each)!;
      if (value === "") this.#cookies.delete(name!);
      else this.#cookies.set(name!, value!);
    }
    return response;
  }

  /** Uses a one-time link: chooses how she signs in, and of the first one what the organisation is called. */
  async useLink(link: string, more: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.ask(link, { username: this.username, password: this.password, again: this.password, ...more });
  }

  /** Codes up to this step were used by somebody else with her app. */
  usedUpTo(step: number): void {
    this.#used = step;
  }

  /** The next code of her app that was not used yet. A code is waited for where she has just used one. */
  async code(): Promise<string> {
    const totp = new TOTP({ secret: Secret.fromBase32(this.secret!), digits: 6, period: 30, algorithm: "SHA1" });
    // The step to come is taken as well, since clocks differ.
    const now = Math.floor(Date.now() / 30_000);
    const step = Math.max(now, this.#used + 1);
    if (step > now + 1) await new Promise((resolve) => setTimeout(resolve, (step - 1) * 30_000 - Date.now() + 50));
    this.#used = step;
    return totp.generate({ timestamp: step * 30_000 });
  }

  /** Authorisation code with PKCE, to the tokens; or the page or problem at which it ended. */
  async signIn(): Promise<SignedInTokens | { readonly status: number; readonly page: string }> {
    const verifier = randomBytes(32).toString("base64url");
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    const query = new URLSearchParams({
      ...{ client_id: "hifadhi", response_type: "code", redirect_uri: this.program, scope: "openid offline_access" },
      ...{ code_challenge: challenge, code_challenge_method: "S256", state: "s" },
    });
    let response = await this.ask(`/sign-in/auth?${query.toString()}`);
    for (let steps = 0; steps < 10; steps++) {
      const location = response.headers.get("location");
      if (location?.startsWith(this.program)) return this.#redeem(new URL(location), verifier);
      if (location) {
        const next = new URL(location, this.base);
        response = await this.ask(next.pathname + next.search);
        continue;
      }
      const page = await response.text();
      if (response.status >= 400) return { status: response.status, page };
      const [, action] = /<form method="post" action="([^"]+)"/.exec(page)!;
      const key = /<code id="key">([^<]+)</.exec(page)?.[1]?.replaceAll(" ", "");
      if (key) this.secret = key;
      const proof = hidden(page, "proof");
      response = await this.ask(action!, proof ? { proof, code: await this.code() } : { username: this.username, password: this.password });
    }
    throw new Error("signing in came to no end");
  }

  /** Begins a sign-in. Answers where its form is sent to. */
  async signInPage(): Promise<string> {
    const challenge = createHash("sha256").update("x".repeat(43)).digest("base64url");
    const asked = { client_id: "hifadhi", response_type: "code", redirect_uri: this.program, scope: "openid" };
    const query = new URLSearchParams({ ...asked, code_challenge: challenge, code_challenge_method: "S256" });
    const response = await this.ask(`/sign-in/auth?${query.toString()}`);
    return new URL(response.headers.get("location")!, this.base).pathname;
  }

  /** Signs in, and fails where that fails. */
  async tokens(): Promise<SignedInTokens> {
    const answer = await this.signIn();
    if (!("access_token" in answer)) throw new Error(`${answer.status} ${answer.page}`);
    return answer;
  }

  /** New tokens for a refresh token. */
  refresh(refresh_token: string): Promise<Response> {
    return this.ask("/sign-in/token", { client_id: "hifadhi", grant_type: "refresh_token", refresh_token });
  }

  async #redeem(back: URL, code_verifier: string): Promise<SignedInTokens> {
    const code = back.searchParams.get("code");
    if (!code) throw new Error(back.search);
    const form = { client_id: "hifadhi", grant_type: "authorization_code", code, code_verifier, redirect_uri: this.program };
    const response = await this.ask("/sign-in/token", form);
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as SignedInTokens;
  }
}

/** Asks the api with a token. */
export const asker =
  (base: string) =>
  async (token: string, path: string, body?: object, headers: object = {}): Promise<{ status: number; body: any }> => {
    const response = await fetch(`${base}${path}`, {
      headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }), ...headers },
      ...(body && { method: "POST", body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : null };
  };
