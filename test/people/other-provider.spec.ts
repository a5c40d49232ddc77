import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { eventually } from "../journeys/journey.js";
import { asker } from "../support/person.js";
import { System } from "../support/system.js";

// People who sign in at a provider that is none of ours: who they are is theirs to tell, and what they may is not, unless it was told so.

const provider = fork(join(process.cwd(), "dist", "test", "support", "provider.child.js"));
let issuer: string;
beforeAll(async () => {
  const [{ ready }] = (await once(provider, "message")) as [{ ready: string }];
  issuer = ready;
}, 60_000);
afterAll(() => provider.disconnect());

/** A token as this provider signs it, with what a mapper of its administrators adds. */
async function token(sub: string, more: object = {}): Promise<string> {
  const claims = JSON.stringify({ sub, aud: "hifadhi", ...more });
  const body = new URLSearchParams({ grant_type: "client_credentials", claims });
  const response = await fetch(`${issuer}/token`, { method: "POST", body });
  return ((await response.json()) as { access_token: string }).access_token;
}

describe("where the members kept here decide about roles", () => {
  const system = new System();
  let ask: ReturnType<typeof asker>;
  beforeAll(async () => {
    await system.start({ DEMO_SIGN_IN: "no", OIDC_ISSUER: issuer });
    ask = asker(system.base);
    await eventually(
      async () => system.notices,
      (notices) => notices.length > 0,
    );
  }, 120_000);
  afterAll(() => system.stop(), 60_000);

  test("somebody unknown is told so, whatever her token claims", async () => {
    const { status, body } = await ask(await token("stranger", { role: "auditor" }), "/v1/me");
    expect([status, body.code]).toEqual([403, "NotAMember"]);
  });

  test("the first administrator founds her organisation with the link from the console, once", async () => {
    const link = /"link":"([\w-]+)"/.exec(system.notices[0]!)![1]!;
    const hers = await token("founder", { role: "nurse" });
    const join = (body: object, as = hers) => ask(as, "/sign-in/join", body);
    expect((await join({ link, organisation: "", name: "" })).status).toBe(404);
    expect((await join({ link, organisation: "Example Shelter", name: "Invented Neema" })).status).toBe(204);
    expect((await join({ link, organisation: "Another", name: "Invented" })).status).toBe(404);
    const me = await eventually(
      () => ask(hers, "/v1/me"),
      ({ status }) => status === 200,
    );
    expect(me.body).toMatchObject({ role: "platform-administrator", name: "Invented Neema" });
  });

  test("whoever was invited joins with her own token, and is out when she leaves, though her token goes on", async () => {
    const founder = await token("founder");
    const { organisation } = (await ask(founder, "/v1/me")).body;
    const { id } = (await ask(founder, "/v1/staff/register-staff", { name: "Invented Khadija", languages: [] })).body;
    await ask(founder, `/v1/organisations/${organisation}/invite-member`, { staff: id, roles: ["nurse"] });
    const { url } = (await ask(founder, `/v1/staff/${id}/issue-sign-in-link`, { kind: "Invitation" })).body;
    const hers = await token("khadija");
    expect((await ask(hers, "/sign-in/join", { link: url.split("/").at(-1) })).status).toBe(204);
    expect(
      (
        await eventually(
          () => ask(hers, "/v1/me"),
          ({ status }) => status === 200,
        )
      ).body,
    ).toMatchObject({ id, role: "nurse" });
    await ask(founder, `/v1/organisations/${organisation}/deactivate-member`, { staff: id, reason: "Left" });
    expect(
      (
        await eventually(
          () => ask(hers, "/v1/me"),
          ({ status }) => status === 403,
          5,
        )
      ).body.code,
    ).toBe("MembershipEnded");
  });

  test("a token for another audience, or of nobody, is none", async () => {
    expect((await ask(await token("founder", { aud: "another" }), "/v1/me")).status).toBe(401);
    expect((await ask("no.token.atall", "/v1/me")).status).toBe(401);
  });
});

describe("where the provider decides about roles", () => {
  const system = new System();
  let ask: ReturnType<typeof asker>;
  beforeAll(async () => {
    const claims = { OIDC_ROLE_CLAIM: "realm_access.roles", OIDC_ORGANISATION_CLAIM: "org.id" };
    await system.start({ DEMO_SIGN_IN: "no", OIDC_ISSUER: issuer, ROLES_FROM: "token", ...claims });
    ask = asker(system.base);
  }, 120_000);
  afterAll(() => system.stop(), 60_000);

  test("she acts as her token says, in the shapes of Keycloak", async () => {
    const keycloak = { realm_access: { roles: ["offline_access", "supervisor"] }, org: { id: "4c5a1f60-0000-4000-8000-0000000000aa" } };
    const { body } = await ask(await token("imani", keycloak), "/v1/me");
    expect(body).toMatchObject({ id: "imani", role: "supervisor", organisation: "4c5a1f60-0000-4000-8000-0000000000aa", roles: [] });
  });

  test("a token that names no role signs nobody in", async () => {
    expect((await ask(await token("imani"), "/v1/me")).status).toBe(401);
  });
});
