import { watchersBy } from "./watchers.js";

const here = { ip: "127.0.0.1", headers: {} };
const elsewhere = { ip: "192.0.2.1", headers: {} };

test("without a token this machine may read the figures, and nobody else", () => {
  const mayWatch = watchersBy(undefined);
  expect([here, { ...here, ip: "::1" }, { ...here, ip: "::ffff:127.0.0.1" }].map(mayWatch)).toEqual([true, true, true]);
  expect(mayWatch(elsewhere)).toBe(false);
});

test("what a proxy on this machine passes on comes from elsewhere", () => {
  const mayWatch = watchersBy(undefined);
  expect(mayWatch({ ...here, headers: { "x-forwarded-for": "192.0.2.1" } })).toBe(false);
  expect(mayWatch({ ...here, headers: { forwarded: "for=192.0.2.1" } })).toBe(false);
});

test("with a token whoever sends it may, from wherever, and nobody else", () => {
  const mayWatch = watchersBy("an-invented-token");
  expect(mayWatch({ ...elsewhere, headers: { authorization: "Bearer an-invented-token" } })).toBe(true);
  expect(mayWatch({ ...elsewhere, headers: { authorization: "Bearer another" } })).toBe(false);
  expect(mayWatch(here)).toBe(false);
});
