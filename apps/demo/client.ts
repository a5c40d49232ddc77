import { setTimeout as pause } from "node:timers/promises";
import { decodeJwt } from "jose";
import { v4 as uuidv4 } from "uuid";

/** What came of one call. */
export interface CallResult {
  readonly id: string;
  readonly position: string | null;
}

/** Speaks to a running Hifadhi as one person, by its public API only. */
export class DemoClient {
  #token: Promise<string> | undefined;
  #until = 0;

  constructor(
    readonly base: string,
    readonly username: string,
    readonly password: string,
  ) {}

  /** A change; sent again when the system asks to wait. Throws with the problem where it is refused. */
  post<T = CallResult>(path: string, body: object, key: string = uuidv4()): Promise<T> {
    return this.#send(path, { method: "POST", body: JSON.stringify(body) }, { "idempotency-key": key, "content-type": "application/json" });
  }

  /** A file, with what is said of it. */
  upload(path: string, fields: Readonly<Record<string, string>>, text: string, key: string): Promise<CallResult> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append("file", new Blob([text], { type: "text/plain" }), "invented.txt");
    return this.#send(path, { method: "POST", body: form }, { "idempotency-key": key });
  }

  /** Who she is, by her access token. */
  async whoIs(): Promise<Record<string, string>> {
    const { sub: id, role, organisation, shelter } = decodeJwt<Record<string, string>>(await this.#signIn());
    return { id: id!, role: role!, ...(organisation && { organisation }), ...(shelter && { shelter }) };
  }

  get<T>(path: string, after?: string | null): Promise<T> {
    return this.#send(path, { method: "GET" }, after ? { "consistent-after": after } : {});
  }

  async #send<T>(path: string, request: RequestInit, headers: Record<string, string>): Promise<T> {
    for (;;) {
      const authorization = `Bearer ${await this.#signIn()}`;
      const response = await this.#fetch(path, { ...request, headers: { ...headers, authorization } });
      if (response.ok) return (await response.json()) as T;
      const problem = (await response.json()) as { code: string; title: string };
      const wait = Number(response.headers.get("retry-after"));
      if (!wait) throw new Error(`${path}: ${response.status} ${problem.code} (${problem.title})`);
      await pause(wait * 1_000);
    }
  }

  #fetch(path: string, request: RequestInit): Promise<Response> {
    return fetch(`${this.base}${path}`, request).catch(() => {
      throw new Error(`Nothing answers at ${this.base}. Run it with npm start -- --demo, or name its address with --url.`);
    });
  }

  #signIn(): Promise<string> {
    if (!this.#token || Date.now() > this.#until) {
      this.#until = Date.now() + 600_000;
      this.#token = this.#fetch("/sign-in/token", {
        method: "POST",
        body: new URLSearchParams({ grant_type: "password", username: this.username, password: this.password }),
      }).then(async (response) => {
        if (!response.ok) throw new Error(`${this.username} could not sign in; was it started with --demo?`);
        return ((await response.json()) as { access_token: string }).access_token;
      });
    }
    return this.#token;
  }
}
