import { decodeProtectedHeader } from "jose";
import { chmod, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assertNotProduction, createIssuer, demoPassword, demoPeople } from "./sign-in.js";

const issuer = "http://127.0.0.1:3000/sign-in";
let folder: string;
let keyFile: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hifadhi-issuer-"));
  keyFile = join(folder, "data", "sign-in.key");
});
afterEach(() => rm(folder, { recursive: true }));

test("the signing key can be used by its owner only, and a restart keeps it", async () => {
  const [first, second] = await Promise.all([createIssuer({ issuer, keyFile }), createIssuer({ issuer, keyFile })]);
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
  expect(await readdir(join(folder, "data"))).toEqual(["sign-in.key"]);
  expect(second.jwks()).toEqual(first.jwks());
  expect((await createIssuer({ issuer, keyFile })).jwks()).toEqual(first.jwks());
});

test("a signing key that others can use is refused with the command that mends it", async () => {
  await createIssuer({ issuer, keyFile });
  await chmod(keyFile, 0o604);
  await expect(createIssuer({ issuer, keyFile })).rejects.toThrow(`chmod 600 ${keyFile}`);
});

test("the issuer shows its public key and never the private one", async () => {
  const [key] = (await createIssuer({ issuer, keyFile })).jwks().keys;
  expect(Object.keys(key!).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x"]);
});

test("another key has another name, so that whoever remembers the old one asks again", async () => {
  const first = await createIssuer({ issuer, keyFile });
  const second = await createIssuer({ issuer, keyFile: `${keyFile}.2` });
  expect(first.jwks().keys[0]!.kid).not.toBe(second.jwks().keys[0]!.kid);
  const { access_token } = (await first.token("amina", demoPassword))!;
  expect(decodeProtectedHeader(access_token).kid).toBe(first.jwks().keys[0]!.kid);
});

test.each([
  ["amina", "wrong"],
  ["amina", "hifadhi-demö"],
  ["amina", ""],
  ["nobody", demoPassword],
  ["", demoPassword],
])("%s with the password %j gets no token", async (username, password) => {
  expect(await (await createIssuer({ issuer, keyFile })).token(username, password)).toBeNull();
});

test("everybody of the demo is told apart by an id that is no name", () => {
  const ids = demoPeople.map(({ id }) => id);
  expect(new Set(ids).size).toBe(demoPeople.length);
  for (const id of ids) expect(id).toMatch(/^[\da-f-]{36}$/);
});

test("the built-in issuer does not run in production", () => {
  expect(() => assertNotProduction({ NODE_ENV: "production" })).toThrow("DEMO_SIGN_IN must not be set in production");
  expect(() => assertNotProduction({ NODE_ENV: "test" })).not.toThrow();
});
