import * as fc from "fast-check";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from "jose";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createIssuer, demoOrganisation, demoPassword, demoPeople, demoShelters, type Issuer } from "./sign-in.js";
import { accessTokensOnly, byToken, type Caller, type InvalidToken, reachIssuer, tokenVerifier } from "./token.js";

const issuer = "http://127.0.0.1:3000/sign-in";
const audience = "hifadhi";
const invalid = { name: "Error", code: "TokenInvalid", message: "The access token is not valid. Sign in again." };

let folder: string;
let ours: Issuer;
let keys: { publicKey: CryptoKey; privateKey: CryptoKey };
let verify: (token: string) => Promise<Caller>;
const acting = (verifier: ReturnType<typeof tokenVerifier>) => async (token: string) => byToken(await verifier(token));
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hifadhi-sign-in-"));
  ours = await createIssuer({ issuer, keyFile: join(folder, "key") });
  keys = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  verify = acting(tokenVerifier({ issuer, audience, jwks: { keys: [{ ...(await exportJWK(keys.publicKey)), kid: "k", alg: "EdDSA" }] } }));
});
afterAll(() => rm(folder, { recursive: true }));

const now = () => Math.floor(Date.now() / 1_000);
const claims = (over: object = {}): JWTPayload => ({ iss: issuer, aud: audience, sub: "p-1", role: "nurse", exp: now() + 60, ...over });
const signed = (payload: JWTPayload, header: object = {}, key: Parameters<SignJWT["sign"]>[0] = keys.privateKey) =>
  new SignJWT(payload).setProtectedHeader({ alg: "EdDSA", kid: "k", typ: "at+jwt", ...header }).sign(key);

test("a person of the demo signs in and is known by id, role, organisation and shelter, not by name", async () => {
  const { access_token, expires_in } = (await ours.token("amina", demoPassword))!;
  const { actor } = await acting(tokenVerifier({ issuer, audience, jwks: ours.jwks() }))(access_token);
  const { id } = demoPeople.find(({ username }) => username === "amina")!;
  expect(actor).toEqual({ id, role: "shelter-case-manager", organisation: demoOrganisation, shelter: demoShelters.Kigoma });
  expect(expires_in).toBe(900);
});

test("a token of an ordinary issuer is accepted", async () => {
  expect((await verify(await signed(claims()))).actor).toEqual({ id: "p-1", role: "nurse" });
  expect((await verify(await signed(claims(), { typ: "JWT" }))).actor).toEqual({ id: "p-1", role: "nurse" });
});

test("an issuer may say what it says elsewhere, among roles of its own", async () => {
  const jwks = { keys: [{ ...(await exportJWK(keys.publicKey)), kid: "k", alg: "EdDSA" }] };
  const claimNames = { role: "realm_access.roles", organisation: "org.id", shelter: "shelter", district: "district" };
  const keycloak = tokenVerifier({ issuer, audience, jwks, claims: claimNames });
  const token = await signed(claims({ role: undefined, realm_access: { roles: ["offline_access", "nurse"] }, org: { id: "o" } }));
  expect(byToken(await keycloak(token), (each) => each === "nurse").actor).toEqual({ id: "p-1", role: "nurse", organisation: "o" });
});

test("in production only an access token by name is one", async () => {
  const jwks = { keys: [{ ...(await exportJWK(keys.publicKey)), kid: "k", alg: "EdDSA" }] };
  const strict = tokenVerifier({ issuer, audience, jwks, types: accessTokensOnly });
  await expect(strict(await signed(claims(), { typ: "JWT" }))).rejects.toMatchObject(invalid);
  expect(await strict(await signed(claims()))).toMatchObject({ subject: "p-1" });
});

test("an expired token says so, and nothing else of it is told", async () => {
  const token = await signed(claims({ exp: now() - 10 }));
  await expect(verify(token)).rejects.toMatchObject({ code: "TokenExpired", message: "The access token has expired. Sign in again." });
});

test("a token that was accepted is not accepted beyond its end", async () => {
  const token = await signed(claims({ exp: now() - 3 }));
  expect(await verify(token)).toMatchObject({ actor: { id: "p-1" } });
  await new Promise((wake) => setTimeout(wake, 3_000));
  await expect(verify(token)).rejects.toMatchObject({ code: "TokenExpired" });
});

describe("not accepted is a token", () => {
  test.each<[string, object]>([
    ["for another audience", { aud: "another" }],
    ["of another issuer", { iss: "https://id.example.org" }],
    ["that is not valid yet", { nbf: now() + 600 }],
    ["without an end", { exp: undefined }],
    ["without a person", { sub: undefined }],
    ["of a person without a name to the system", { sub: "" }],
    ["without a role", { role: undefined }],
    ["whose role is no text", { role: { is: "nurse" } }],
  ])("%s", async (_, over) => expect(verify(await signed(claims(over)))).rejects.toMatchObject(invalid));

  test.each([{ typ: undefined }, { typ: "logout+jwt" }])("of another type: %j", async (header) =>
    expect(verify(await signed(claims(), header))).rejects.toMatchObject(invalid),
  );
  test("signed by somebody else", async () => {
    const { privateKey } = await generateKeyPair("EdDSA", { crv: "Ed25519" });
    await expect(verify(await signed(claims(), {}, privateKey))).rejects.toMatchObject(invalid);
  });
  test("signed by nobody", async () => {
    await expect(verify(new UnsecuredJWT(claims()).encode())).rejects.toMatchObject(invalid);
  });
  test("signed with the public key as if it were a shared secret", async () => {
    for (const secret of [await exportSPKI(keys.publicKey), "guess"]) {
      const token = await signed(claims(), { alg: "HS256" }, new TextEncoder().encode(secret.padEnd(64)));
      await expect(verify(token)).rejects.toMatchObject(invalid);
    }
  });
  test("signed in a way that is not on the list, though the issuer names the key", async () => {
    const other = await generateKeyPair("ES384", { extractable: true });
    const jwks = { keys: [{ ...(await exportJWK(other.publicKey)), kid: "other", alg: "ES384" }] };
    const token = await signed(claims(), { alg: "ES384", kid: "other" }, other.privateKey);
    await expect(tokenVerifier({ issuer, audience, jwks })(token)).rejects.toMatchObject(invalid);
  });
  test("that brings its own key along", async () => {
    const other = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
    const token = await signed(claims(), { jwk: await exportJWK(other.publicKey) }, other.privateKey);
    await expect(verify(token)).rejects.toMatchObject(invalid);
  });
  test("whose role was changed on the way", async () => {
    const [header, , signature] = (await signed(claims())).split(".");
    const body = Buffer.from(JSON.stringify(claims({ role: "supervisor" }))).toString("base64url");
    await expect(verify([header, body, signature].join("."))).rejects.toMatchObject(invalid);
  });
  test("that is no token at all", () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.base64String().map((text) => `${text}.${text}.${text}`),
        ),
        async (text) => {
          await expect(verify(text)).rejects.toMatchObject(invalid);
        },
      ),
    ));
});

test("why it is not is told by a code for the log, and nothing of it", async () => {
  const reasonFor = async (token: string) => verify(token).catch(({ reason }: InvalidToken) => reason);
  const { privateKey } = await generateKeyPair("EdDSA", { crv: "Ed25519" });
  expect([
    await reasonFor(await signed(claims({ aud: "another" }))),
    await reasonFor(await signed(claims({ role: undefined }))),
    await reasonFor(await signed(claims(), { typ: "logout+jwt" })),
    await reasonFor(await signed(claims(), {}, privateKey)),
    await reasonFor("no token"),
  ]).toEqual([
    "ERR_JWT_CLAIM_VALIDATION_FAILED aud",
    "ROLE_MISSING",
    "TYPE_NOT_ALLOWED",
    "ERR_JWS_SIGNATURE_VERIFICATION_FAILED",
    "ERR_JWS_INVALID",
  ]);
});

test("an issuer that names its keys is asked for them, and while it is away nobody counts as signed out", async () => {
  let up = false;
  const server = createServer((request, response) => {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const found = request.url === "/keys" ? ours.jwks() : { issuer: address, jwks_uri: `${address}/keys` };
    response.writeHead(up ? 200 : 503, { "content-type": "application/json" }).end(JSON.stringify(up ? found : {}));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { access_token } = (await (await createIssuer({ issuer: address, keyFile: join(folder, "key") })).token("musa", demoPassword))!;
  const remote = acting(tokenVerifier({ issuer: address, audience }));
  try {
    await expect(remote(access_token)).rejects.toMatchObject({ problem: { status: 503 } });
    for (const source of [{ issuer: address }, { issuer: address, jwksUri: `${address}/keys` }])
      await expect(reachIssuer(source)).rejects.toThrow();
    up = true;
    await reachIssuer({ issuer: address });
    await reachIssuer({ issuer: address, jwksUri: `${address}/keys` });
    expect(await remote(access_token)).toMatchObject({ actor: { role: "lawyer" } });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
