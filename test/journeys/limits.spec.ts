import { System } from "../support/system.js";
import { tokenUntil } from "../support/token.js";

const system = new System();
const requestsAMinute = 20;
beforeAll(() => system.start({ RATE_LIMIT: String(requestsAMinute) }), 120_000);
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
