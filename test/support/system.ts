import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#platform/http/free-port.js";
import { demoPassword } from "#platform/sign-in/sign-in.js";
import { createKeyFile } from "#seal/key-encryption-key.js";
import { AsTold } from "./as-told.js";
import { createDatabase } from "./postgres.js";

const apps = join(process.cwd(), "dist", "apps");
const node = join(process.cwd(), "node_modules", ".bin", "node");

/** Tests ask more from one address than people do. Those of the limits set their own. */
const unlimited = { RATE_LIMIT: "10000000", UNSIGNED_LIMIT: "1000000", WRONG_SIGN_INS: "100000" };

/** What came back over HTTP. */
export interface Reply<T = any> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/** The real programs on real Postgres, as processes: gRPC and HTTP between them. */
export class System {
  readonly #children = new Map<string, ChildProcess>();
  readonly #tokens = new Map<string, Promise<string>>();
  readonly #documents = new Map<string, Promise<AsTold>>();
  environment: Record<string, string> = {};
  /** What the programs have written to their logs, where it is to be kept. */
  readonly logs: Buffer[] | undefined;
  /** What the programs have told a person to look into. */
  readonly notices: string[] = [];
  #api: Record<string, string> = {};
  base = "";

  constructor({ keepLogs = false }: { readonly keepLogs?: boolean } = {}) {
    this.logs = keepLogs ? [] : undefined;
  }

  /** `over`: variables of the api and the projector, instead of those that suit most tests. */
  async start(over: Record<string, string> = {}): Promise<this> {
    const keys = mkdtempSync(join(tmpdir(), "hifadhi-keys-"));
    const [events, DATABASE_URL, KEYRING_URL, port] = await Promise.all([
      createDatabase(),
      createDatabase(process.env["TEST_READ_MODELS"]),
      createDatabase(),
      freePort(),
    ]);
    const KEY_FILE = join(keys, "key");
    await createKeyFile(KEY_FILE);
    const EVENTSTORE_URL = await this.#run("event-store", { DATABASE_URL: events }, ["--port", "0"]);
    const SIGN_IN_KEY_FILE = join(keys, "sign-in");
    this.environment = {
      EVENTSTORE_URL,
      DATABASE_URL,
      KEYRING_URL,
      KEY_FILE,
      SIGN_IN_KEY_FILE,
      DOCUMENTS_DIR: join(keys, "documents"),
      EVENTS_URL: events,
      LOG_LEVEL: "warn",
      ...over,
    };
    this.#api = { ...this.environment, PORT: String(port), DEMO_SIGN_IN: "yes", ...unlimited, ...over };
    const tablesAreThere = process.env["TEST_READ_MODELS"] !== undefined;
    const projector = this.startProjector();
    if (!tablesAreThere) await projector;
    [this.base] = await Promise.all([this.#run("api", this.#api), projector]);
    return this;
  }

  /** Ends the api and starts it again: nothing is cached any more. */
  async restartApi(): Promise<void> {
    const { exitCode, signalCode } = this.#children.get("api")!;
    if (exitCode === null && signalCode === null) await this.endApi();
    this.base = await this.#run("api", this.#api);
  }

  /** Another api beside the first, with its own issuer of the same people. Answers its address. */
  async startAnotherApi(): Promise<string> {
    return this.#run("api", { ...this.#api, PORT: String(await freePort()) }, [], "another api");
  }

  /** `number`: several projectors share the work. */
  async startProjector(number = 1): Promise<void> {
    await this.#run("projector", this.environment, [], `projector ${number}`);
  }

  /** SIGKILL: no goodbye. */
  async killProjector(number = 1): Promise<void> {
    const child = this.#children.get(`projector ${number}`)!;
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }

  /** SIGSTOP: it stands still, with all it holds, until it is thawed. */
  freezeProjector(number = 1): void {
    this.#children.get(`projector ${number}`)!.kill("SIGSTOP");
  }

  thawProjector(number = 1): void {
    this.#children.get(`projector ${number}`)!.kill("SIGCONT");
  }

  /** SIGTERM: asks the api to end. Answers its exit code. */
  async endApi(): Promise<number | null> {
    const api = this.#children.get("api")!;
    const ended = once(api, "exit") as Promise<[number | null]>;
    api.kill("SIGTERM");
    return (await ended)[0];
  }

  /** SIGKILL: no goodbye. */
  async killApi(): Promise<void> {
    const api = this.#children.get("api")!;
    const ended = once(api, "exit");
    api.kill("SIGKILL");
    await ended;
  }

  async stop(): Promise<void> {
    // The event store last: the others write to it until they have ended.
    const children = [...this.#children].toSorted(([one], [other]) => Number(one === "event-store") - Number(other === "event-store"));
    for (const [, child] of children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), 5_000).unref();
      await once(child, "exit");
    }
  }

  /** Sends a change as somebody; `headers` may hold a key, a revision, a time. */
  post<T = any>(username: string, path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Reply<T>> {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return this.#send(username, path, { method: "POST", body: text }, { "content-type": "application/json", ...headers });
  }

  get<T = any>(username: string, path: string, headers: Record<string, string> = {}): Promise<Reply<T>> {
    return this.#send(username, path, { method: "GET" }, headers);
  }

  graphql<T = any>(username: string, query: string, variables: object = {}): Promise<Reply<T>> {
    return this.post(username, "/graphql", { query, variables });
  }

  async #send(username: string, path: string, request: RequestInit, headers: Record<string, string>): Promise<Reply> {
    const authorization = `Bearer ${await this.token(username)}`;
    const response = await fetch(`${this.base}${path}`, { ...request, headers: { authorization, ...headers } });
    const body: unknown = await response.json();
    if (path.startsWith("/v1/")) (await this.#told()).check(request.method!, path, response.status, body);
    return { status: response.status, body, headers: response.headers };
  }

  /** What the api says of its answers: each is held against it. */
  #told(): Promise<AsTold> {
    const known = this.#documents.get(this.base) ?? AsTold.from(this.base);
    this.#documents.set(this.base, known);
    return known;
  }

  /** Another issuer signs in from now on. */
  forgetTokens(): void {
    this.#tokens.clear();
  }

  /** `base`: the api that signs her in, whose built-in issuer no other one trusts. */
  token(username: string, base = this.base): Promise<string> {
    const known = this.#tokens.get(`${username} ${base}`);
    if (known) return known;
    const body = new URLSearchParams({ grant_type: "password", username, password: demoPassword });
    const token = fetch(`${base}/sign-in/token`, { method: "POST", body }).then(
      async (response) => ((await response.json()) as { access_token: string }).access_token,
    );
    this.#tokens.set(`${username} ${base}`, token);
    return token;
  }

  async #run(name: string, environment: Record<string, string>, given: string[] = [], as = name): Promise<string> {
    const { PATH = "", HOME = "/tmp", NODE_COMPILE_CACHE = "" } = process.env;
    const env = { PATH, HOME, NODE_COMPILE_CACHE, ...environment };
    const child = fork(join(apps, name, "main.js"), given, {
      env,
      execPath: node,
      // For profiles, such as `--cpu-prof`.
      execArgv: (process.env["BENCH_NODE_FLAGS"] ?? "").split(" ").filter(Boolean),
      stdio: ["ignore", "pipe", this.logs ? "pipe" : "inherit", "ipc"],
    });
    let said = "";
    const hear = (chunk: Buffer) => {
      if (process.env["SYSTEM_LOG"]) process.stdout.write(chunk);
      said = `${said}${chunk.toString()}`.slice(-1_000);
      this.logs?.push(chunk);
    };
    for (const output of [child.stdout, child.stderr]) output?.on("data", hear);
    this.#children.set(as, child);
    return new Promise((resolve, reject) => {
      child.on("message", ({ ready, notice }: { ready?: string; notice?: string }) => {
        if (ready) resolve(ready);
        if (notice) this.notices.push(notice);
      });
      child.once("exit", (code) => reject(new Error(`${name} ended with ${code} before it was ready: ${said}`)));
    });
  }
}
