import { rawly } from "../support/raw-http.js";
import { System } from "../support/system.js";
import { tokenUntil } from "../support/token.js";

const system = new System();
/** A refused request counts as 50. */
const requestsAMinute = 20;
const limits = { RATE_LIMIT: String(requestsAMinute), WRONG_SIGN_INS: "5", REQUEST_WITHIN_SECONDS: "3", CONNECTIONS_PER_ADDRESS: "60" };
beforeAll(async () => {
  await system.start(limits);
  for (const who of ["amina", "imani", "khadija", "upendo"]) await system.token(who);
}, 120_000);
afterAll(() => system.stop(), 60_000);

test("a token is taken until it expires, and not a minute longer", async () => {
  const ask = async (instant: Date) => {
    const reply = await fetch(`${system.base}/v1/vocabularies`, {
      headers: { authorization: `Bearer ${await tokenUntil(system, instant)}` },
    });
    return [reply.status, ((await reply.json()) as { code?: string }).code, reply.headers.get("www-authenticate")];
  };
  expect(await ask(new Date(Date.now() + 60_000))).toEqual([200, undefined, null]);
  expect(await ask(new Date(Date.now() - 60_000))).toEqual([401, "TokenExpired", "Bearer"]);
});

test("who asks too much is told when to come back, and keeps nobody else waiting", async () => {
  const replies = await Promise.all(Array.from({ length: requestsAMinute + 1 }, () => system.get("amina", "/v1/vocabularies")));
  const refused = replies.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(1);
  expect(refused[0]!.body).toMatchObject({ status: 429, code: "TooManyRequests" });
  expect(Number(refused[0]!.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await system.get("imani", "/v1/vocabularies")).status).toBe(200);
});

test("wrong passwords are limited, and whoever has signed in from there before is not locked out by them", async () => {
  const signIn = async (username: string, password: string) => {
    const body = new URLSearchParams({ grant_type: "password", username, password });
    const reply = await fetch(`${system.base}/sign-in/token`, { method: "POST", body });
    return [reply.status, Number(reply.headers.get("retry-after")) > 0];
  };
  await system.token("khadija");
  for (let each = 0; each < 5; each++) expect(await signIn("omari", "wrong")).toEqual([401, false]);
  expect(await signIn("omari", "wrong")).toEqual([429, true]);
  expect(await signIn("khadija", "hifadhi-demo")).toEqual([200, false]);
});

test("wrong tokens are limited, before they are looked at", async () => {
  const ask = async () => (await fetch(`${system.base}/v1/vocabularies`, { headers: { authorization: "Bearer a.b.c" } })).status;
  const answers = [];
  for (let each = 0; each < 7; each++) answers.push(await ask());
  expect(answers).toContain(429);
  expect((await system.get("khadija", "/v1/vocabularies")).status).toBe(200);
});

test("whoever may not do something is told so before she has sent what she would do it with", async () => {
  const head = [
    ...["POST /v1/cases/open-case HTTP/1.1", "host: x", "content-type: application/json", "content-length: 200000"],
    `authorization: Bearer ${await system.token("upendo")}`,
  ];
  const begun = performance.now();
  const answer = await rawly(system.base, `${head.join("\r\n")}\r\n\r\n{`);
  expect(answer).toMatch(/^HTTP\/1\.1 404/);
  expect(performance.now() - begun).toBeLessThan(2_500);
});

test.each([
  ["headers", "GET /v1/cases HTTP/1.1\r\nhost: x\r\nx-slow: "],
  ["nothing at all", ""],
])("a request that ends in %s is ended", async (_, bytes) => {
  const begun = performance.now();
  expect(await rawly(system.base, bytes, 20_000)).toMatch(/^HTTP\/1\.1 408 .*RequestTooSlow/s);
  expect(performance.now() - begun).toBeLessThan(15_000);
});

test("a body that is never sent whole is ended", async () => {
  const head = [
    ...["POST /v1/cases/open-case HTTP/1.1", "host: x", "content-type: application/json", "content-length: 200"],
    `authorization: Bearer ${await system.token("amina")}`,
  ];
  const begun = performance.now();
  await rawly(system.base, `${head.join("\r\n")}\r\n\r\n{`, 20_000);
  expect(performance.now() - begun).toBeLessThan(15_000);
});

test("an address has so many connections, and one more is closed", async () => {
  const sockets = await Promise.all(
    Array.from({ length: 80 }, () => rawly(system.base, "GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n", 2_000)),
  );
  const answered = sockets.filter((text) => text.startsWith("HTTP/1.1 200")).length;
  expect(answered).toBeGreaterThan(30);
  expect(answered).toBeLessThanOrEqual(60);
});
