import type { NestFastifyApplication } from "@nestjs/platform-fastify";
import { startApi } from "../../apps/api/api.js";
import { configuration } from "../../apps/api/configuration.js";
import { freePort } from "#platform/http/free-port.js";
import { askRawly, rawly } from "../support/raw-http.js";
import { System } from "../support/system.js";
import { caseWithConsent } from "./journey.js";

interface Registered {
  readonly method: string;
  readonly url: string;
  readonly open: boolean;
}

const system = new System();
const routes: Registered[] = [];
let api: NestFastifyApplication;
let base: string;

beforeAll(async () => {
  await system.start({ CORS_ORIGINS: "https://screens.example.org" });
  const PORT = String(await freePort());
  const over = { PORT, DEMO_SIGN_IN: "yes", UNSIGNED_LIMIT: "1000000", WRONG_SIGN_INS: "1000000", HOST: "127.0.0.1" };
  api = await startApi(configuration({ ...system.environment, ...over }), (route) => {
    const told = { url: route.url, config: route };
    for (const method of [route.method].flat())
      routes.push({
        method,
        url: told.url,
        get open() {
          return told.config.config?.open ?? false;
        },
      });
  });
  base = `http://127.0.0.1:${PORT}`;
}, 120_000);
afterAll(async () => {
  await api?.close();
  await system.stop();
}, 60_000);

const id = "4c5a1f60-0000-4000-8000-00000000000b";
/** `*` alone: whatever is asked by a method, such as what a browser asks before it asks. */
const pathOf = ({ url }: Registered) => (url === "*" ? "/v1/cases" : url.replace(":id", id).replace("*", "swagger-ui.css"));

/** The same address in other spellings. */
const spellings: Readonly<Record<string, (path: string) => string>> = {
  "as it is": (path) => path,
  "percent-encoded": (path) => path.replaceAll(/[a-z0-9]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  "one letter percent-encoded": (path) => path.replace(/^\/./, (start) => `/%${start.charCodeAt(1).toString(16)}`),
  "slashes percent-encoded": (path) => `/${path.slice(1).replaceAll("/", "%2f")}`,
  "twice percent-encoded": (path) => path.replace(/^\/./, (start) => `/%25${start.charCodeAt(1).toString(16)}`),
  "in capitals": (path) => path.toUpperCase(),
  "with a trailing slash": (path) => `${path}/`,
  "with doubled slashes": (path) => path.replaceAll("/", "//"),
  "with backslashes": (path) => path.replaceAll("/", "\\"),
  absolute: (path) => `http://127.0.0.1${path}`,
  "absolute, of somebody else": (path) => `https://example.org${path}`,
  "absolute, percent-encoded": (path) => `http://x/%76${path.slice(2)}`,
  "with a parameter": (path) => `${path};v=1`,
  "with a query": (path) => `${path}?a=/v1/docs`,
  "with a fragment": (path) => `${path}#/v1/docs`,
  "behind an open one": (path) => `/v1/docs/..${path.replace("/v1", "")}`,
  "behind an open one, percent-encoded": (path) => `/health/%2e%2e${path}`,
  "behind a dot": (path) => `/.${path}`,
};

const inTurns = async <T, A>(all: readonly T[], work: (each: T) => Promise<A>): Promise<A[]> => {
  const answers: A[] = [];
  const left = [...all.entries()];
  const one = async () => {
    for (let next = left.shift(); next; next = left.shift()) answers[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: 16 }, one));
  return answers;
};

test("the table of routes holds what is asked by REST, by GraphQL and as a stream, closed; and few that are open", () => {
  const closed = routes.filter(({ open }) => !open).map(({ method, url }) => `${method} ${url}`);
  expect(closed.length).toBeGreaterThan(60);
  expect(closed).toEqual(
    expect.arrayContaining(["POST /v1/cases/open-case", "GET /v1/cases/:id", "GET /v1/cases/:id/live", "POST /graphql", "HEAD /v1/cases"]),
  );
  const open = new Set(routes.filter((route) => route.open).map(({ url }) => url.split("/").slice(0, 3).join("/")));
  expect([...open].sort()).toEqual([
    ...["/", "/altair", "/altair/", "/altair/*", "/docs/*", "/health/live", "/health/ready", "/metrics"],
    ...["/sign-in/.well-known", "/sign-in/token", "/v1/docs", "/v1/openapi.json"],
  ]);
});

test.each(Object.entries(spellings))(
  "nobody without a token gets in, whatever the route: %s",
  async (_, spelled) => {
    const closed = routes.filter(({ open }) => !open);
    const answers = await inTurns(closed, async (route) => ({
      ...route,
      ...(await askRawly(base, route.method, spelled(pathOf(route)))),
    }));
    // 400: an address that cannot be decoded. 404: an open page of which there is no such part.
    const passed = answers.filter(({ status }) => ![400, 401, 403, 404].includes(status));
    expect(passed.map(({ method, url, status }) => `${method} ${url} ${status}`)).toEqual([]);
    if (spelled("/v1/cases") === "/v1/cases") expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
  },
  120_000,
);

test("without a token, what is not there looks as what is", async () => {
  const answers = await Promise.all(["/v1/cases", "/v1/nothing", "/nothing", `/v1/cases/${id}`].map((path) => askRawly(base, "GET", path)));
  const shown = answers.map(({ status, text }) => [status, text.split("\r\n\r\n")[1]!.replace(/"requestId":"[^"]*"/, "")]);
  expect(new Set(shown.map(String)).size).toBe(1);
  expect(shown[0]![0]).toBe(401);
});

test("a wrong token opens nothing either, nor does one in the address", async () => {
  const token = await system.token("amina");
  const asked = [
    askRawly(base, "GET", "/v1/cases", ["authorization: Bearer x.y.z"]),
    askRawly(base, "GET", "/v1/cases", [`authorization: Basic ${token}`]),
    askRawly(base, "GET", `/v1/cases?access_token=${token}`),
    askRawly(base, "GET", "/v1/cases", [`cookie: authorization=${token}`]),
  ];
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([401, 401, 401, 401]);
});

test.each(["/%67raphql", "//graphql", "/GRAPHQL", "/graphql/", "/graphql;a", "http://127.0.0.1/graphql", "/v1/cases"])(
  "no socket is opened at %s",
  async (target) => {
    const upgrade = [
      "connection: Upgrade",
      "upgrade: websocket",
      "sec-websocket-version: 13",
      "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
    ];
    const head = [`GET ${target} HTTP/1.1`, "host: 127.0.0.1", ...upgrade, "sec-websocket-protocol: graphql-transport-ws"];
    expect(await rawly(base, `${head.join("\r\n")}\r\n\r\n`, 5_000)).toMatch(/^HTTP\/1\.1 404/);
  },
);

describe("a page of another origin", () => {
  const ask = (origin: string, init: RequestInit & { headers?: Record<string, string> } = {}, path = "/v1/cases") =>
    fetch(`${system.base}${path}`, { ...init, headers: { ...init.headers, origin } });
  const allowed = (answer: Response) => answer.headers.get("access-control-allow-origin");
  const before = {
    method: "OPTIONS",
    headers: { "access-control-request-method": "POST", "access-control-request-headers": "authorization,idempotency-key" },
  };

  test("may ask where it is one of ours: what it may send is told before anybody has signed in", async () => {
    const answer = await ask("https://screens.example.org", before);
    expect([answer.status, allowed(answer)]).toEqual([204, "https://screens.example.org"]);
    expect(answer.headers.get("access-control-allow-headers")).toContain("idempotency-key");
    const authorization = `Bearer ${await system.token("amina")}`;
    const read = await ask("https://screens.example.org", { headers: { authorization } });
    expect([read.status, allowed(read)]).toEqual([200, "https://screens.example.org"]);
    expect(read.headers.get("access-control-expose-headers")).toContain("request-id");
    expect([read.headers.get("access-control-allow-credentials"), read.headers.get("vary")]).toEqual([null, "Origin"]);
    const live = await ask(
      "https://screens.example.org",
      { headers: { authorization } },
      `/v1/cases/${await caseWithConsent(system)}/live`,
    );
    expect(allowed(live)).toBe("https://screens.example.org");
    await live.body?.cancel();
  });
  test("reads why it was refused as well", async () => {
    const unsigned = await ask("https://screens.example.org");
    expect([unsigned.status, allowed(unsigned), ((await unsigned.json()) as { code: string }).code]).toEqual([
      ...[401, "https://screens.example.org", "TokenMissing"],
    ]);
  });
  test("may not where it is none of ours, and nothing is open to it that was closed", async () => {
    const stranger = await ask("https://screens.example.org.evil.example", before);
    expect(allowed(stranger)).toBeNull();
    expect((await ask("https://evil.example", { method: "OPTIONS" })).status).toBe(401);
    expect(allowed(await ask("https://evil.example", { headers: { authorization: `Bearer ${await system.token("amina")}` } }))).toBeNull();
  });
});
