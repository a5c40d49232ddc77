import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Secret, TOTP } from "otpauth";
import type { Browser, Page } from "playwright-core";
import { eventually } from "../journeys/journey.js";
import { asker, PersonAtABrowser } from "../support/person.js";
import { System } from "../support/system.js";
import { inChromium, launch } from "./chromium.js";

// What people see when they sign in, in a browser: with a keyboard, on a phone, in their language; and a program of another origin.

/** The page of the tutorial, as it is read there. */
const screen = (api: string): string =>
  /^```html\n(.*?)^```$/ms.exec(readFileSync("docs/tutorial/first-screen.md", "utf8"))![1]!.replace("http://127.0.0.1:3000", api);

inChromium("in a browser", () => {
  const system = new System();
  let browser: Browser;
  let program: Server;
  let home: string;
  beforeAll(async () => {
    program = createServer((_request, response) => response.setHeader("content-type", "text/html").end(screen(system.base)));
    await new Promise<void>((listening) => program.listen(0, "127.0.0.1", listening));
    home = `http://127.0.0.1:${(program.address() as AddressInfo).port}/`;
    await system.start({ DEMO_SIGN_IN: "no", BUILT_IN_SIGN_IN: "yes", CORS_ORIGINS: new URL(home).origin });
    await eventually(
      async () => system.notices,
      (notices) => notices.length > 0,
    );
    browser = await launch();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    program.close();
    await system.stop();
  }, 60_000);

  const phone = async (locale: string): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale });
    return context.newPage();
  };
  /** Types into what is focused, and goes on to the next. */
  const type = async (page: Page, ...texts: string[]): Promise<void> => {
    for (const [index, text] of texts.entries()) {
      if (index > 0) await page.keyboard.press("Tab");
      await page.keyboard.type(text);
    }
    await page.keyboard.press("Enter");
  };
  const founded = { username: "neema", password: "mlima mrefu na bahari pana" };
  let secret = "";
  let token = "";
  const code = (ahead = 0): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead * 30_000 });

  test("the first administrator founds her organisation on a phone, in Swahili, by keyboard alone", async () => {
    const page = await phone("sw");
    await page.goto(/http\S+/.exec(system.notices[0]!)![0]);
    expect([await page.getAttribute("html", "lang"), await page.textContent("h1")]).toEqual(["sw", "Anzia hapa"]);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    for (const input of await page.locator("input:not([type=hidden])").all())
      expect(await page.locator(`label[for=${await input.getAttribute("id")}]`).count()).toBe(1);
    await type(page, "Example Shelter", "Invented Neema", founded.username, "fupi", "fupi");
    await page.waitForSelector("[role=alert]");
    expect(await page.textContent("[role=alert]")).toContain("angalau herufi 12");
    await page.click("nav a[lang=fr]");
    expect(await page.textContent("h1")).toBe("Commencer ici");
    await page.focus("#organisation");
    await type(page, "Example Shelter", "Invented Neema", founded.username, founded.password, founded.password);
    await page.waitForFunction("document.querySelector('h1').textContent === \"C'est fait\"");
    await page.context().close();
  }, 60_000);

  test("she sets up her second factor, and her program gets a token", async () => {
    const page = await phone("en");
    await page.goto(home);
    await page.click("#signIn");
    await page.waitForSelector("#username");
    // The program asked for Swahili.
    expect(await page.textContent("h1")).toBe("Ingia");
    await type(page, founded.username, founded.password);
    await page.waitForSelector("#key");
    secret = (await page.textContent("#key"))!.replaceAll(" ", "");
    await type(page, "000000");
    await page.waitForSelector("[role=alert]");
    expect((await page.textContent("#key"))!.replaceAll(" ", "")).toBe(secret);
    const answered = page.waitForResponse((response) => response.url().endsWith("/sign-in/token"));
    await type(page, code());
    expect((await answered).status()).toBe(200);
    token = ((await (await answered).json()) as { access_token: string }).access_token;
    await page.context().close();
  }, 60_000);

  /** Somebody who was invited: by her link she chooses how she signs in, and her program signs her in with a second factor. */
  async function joined(link: string, username: string): Promise<{ page: Page; token: string }> {
    const page = await phone("en");
    const password = `kahawa na maziwa ya ${username.length} asubuhi`;
    await page.goto(`${system.base}${new URL(link).pathname}`);
    await page.focus("#username");
    await type(page, username, password, password);
    await page.waitForSelector("#username", { state: "detached" });
    await page.goto(home);
    await page.click("#signIn");
    await page.waitForSelector("#username");
    await type(page, username, password);
    await page.waitForSelector("#key");
    const key = Secret.fromBase32((await page.textContent("#key"))!.replaceAll(" ", ""));
    const answered = page.waitForResponse((response) => response.url().endsWith("/sign-in/token"));
    await type(page, new TOTP({ secret: key }).generate());
    const { access_token } = (await (await answered).json()) as { access_token: string };
    return { page, token: access_token };
  }
  /** Asked by the page itself, from its own origin. */
  const asked = (page: Page, bearer: string, path: string, body?: object): Promise<any> =>
    page.evaluate(
      async ([url, authorization, sent]) => {
        const headers = { authorization: authorization!, ...(sent && { "content-type": "application/json" }) };
        const response = await fetch(url!, { headers, ...(sent && { method: "POST", body: sent }) });
        return { status: response.status, ...((await response.json()) as object) };
      },
      [`${system.base}${path}`, `Bearer ${bearer}`, body && JSON.stringify(body)] as const,
    );

  test("from nothing to the first admitted resident, each in her own browser and under her own name", async () => {
    const page = await phone("en");
    await page.goto(home);
    const { organisation } = await asked(page, token, "/v1/me");
    const invited = async (username: string, post: object, of = organisation as string) => {
      const { id } = await asked(page, token, "/v1/staff/register-staff", { name: `Invented ${username}`, languages: ["sw"] });
      await asked(page, token, `/v1/organisations/${of}/invite-member`, { staff: id, ...post });
      const { url } = await asked(page, token, `/v1/staff/${id}/issue-sign-in-link`, { kind: "Invitation" });
      return { id: id as string, ...(await joined(url, username)) };
    };
    const manager = await invited("esther", { roles: ["shelter-manager"] });
    const house = { code: "TST-9", region: "Kigoma", address: "Invented street 9" };
    const { id: shelter } = await asked(manager.page, manager.token, "/v1/shelters/register-shelter", house);
    await eventually(
      () => asked(manager.page, manager.token, "/v1/me"),
      (me) => me.shelter === shelter,
    );
    const beds = [{ bed: "W-1", category: "Women", availability: "YearRound" }];
    await asked(manager.page, manager.token, `/v1/shelters/${shelter}/change-capacity`, { beds });
    const office = { name: "Example Welfare Office", types: ["LocalGovernmentOrganisation"] };
    const { id: government } = await asked(page, token, "/v1/organisations/onboard-organisation", office);
    const officer = await invited("mkaguzi", { roles: ["social-welfare-officer"] }, government);
    const validUntil = new Date(Date.now() + 200 * 86_400_000).toISOString();
    expect(await asked(officer.page, officer.token, `/v1/shelters/${shelter}/vet-shelter`, { validUntil })).toMatchObject({ status: 200 });
    const worker = await invited("zuhura", { roles: ["shelter-case-manager"], shelter });
    const opening = { source: "Police", urgency: "Immediate", region: "Kigoma", sex: "Female", ageBand: "21-29" };
    const { id: caseId } = await asked(worker.page, worker.token, "/v1/cases/open-case", opening);
    const admission = { caseId, bed: "W-1", voluntary: true, houseRulesExplained: true };
    expect(await asked(worker.page, worker.token, `/v1/shelters/${shelter}/admit-resident`, admission)).toMatchObject({ status: 200 });
    const { items } = await asked(worker.page, worker.token, `/v1/shelters/${shelter}/history?sort=-revision&first=1`);
    expect(items[0]).toMatchObject({ type: "ResidentAdmitted", by: { name: "Invented zuhura" } });
    // A leaver: what her browser still holds opens nothing any more.
    await asked(page, token, `/v1/organisations/${organisation}/deactivate-member`, { staff: worker.id, reason: "Left" });
    await eventually(
      () => asked(worker.page, worker.token, `/v1/cases/${caseId}`),
      ({ code: refused }) => refused === "MembershipEnded",
      5,
    );
  }, 120_000);

  test("a page of another origin signs in, lists cases, follows one live, and shows a refused change in Swahili", async () => {
    const ask = asker(system.base);
    const founder = new PersonAtABrowser(system.base, founded.username, founded.password, home);
    founder.secret = secret;
    founder.usedUpTo(Math.floor(Date.now() / 30_000));
    const { access_token } = await founder.tokens();
    const me = (await ask(access_token, "/v1/me")).body as { organisation: string };
    const { id } = (await ask(access_token, "/v1/staff/register-staff", { name: "Invented Amina", languages: ["sw"] })).body as {
      id: string;
    };
    await ask(access_token, `/v1/organisations/${me.organisation}/invite-member`, { staff: id, roles: ["shelter-case-manager"] });
    const { url } = (await ask(access_token, `/v1/staff/${id}/issue-sign-in-link`, { kind: "Invitation" })).body as { url: string };
    const amina = new PersonAtABrowser(system.base, "amina", "kahawa chungu na maziwa", home);
    await amina.useLink(new URL(url).pathname);
    const hers = await amina.tokens();
    const opening = { source: "Police", urgency: "Immediate", region: "Kigoma", sex: "Female", ageBand: "21-29" };
    const opened = (await ask(hers.access_token, "/v1/cases/open-case", opening)).body as { id: string };
    await eventually(
      () => ask(hers.access_token, "/v1/cases"),
      ({ body }) => body.items.length === 1,
    );

    const page = await phone("en");
    await page.goto(home);
    await page.click("#signIn");
    await page.waitForSelector("#username");
    await type(page, amina.username, amina.password);
    await page.waitForSelector("#code");
    await type(page, await amina.code());
    await page.waitForSelector("#cases:not(:empty)");
    expect(await page.textContent("#cases:not(:empty)")).toBe(`Kigoma Draft ${opened.id}`);
    await page.waitForFunction("document.querySelector('#live').textContent === 'Draft'");
    await page.click("#end");
    await page.waitForFunction("document.querySelector('#refused').textContent === 'Kwanza mpe msaada mahali pengine'");
    await ask(hers.access_token, `/v1/cases/${opened.id}/request-closure`, { reason: "GoalsAchieved" });
    await page.waitForFunction("document.querySelector('#live').textContent === 'ClosureRequested'");
    await page.context().close();
  }, 120_000);
});
