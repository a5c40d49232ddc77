import { resolve } from "node:path";
import { configuration, dataFolder } from "./configuration.js";

describe("the configuration of the one command", () => {
  test("need not be given", () => {
    expect(configuration({}).PORT).toBe(3000);
  });

  test("names the keyring's url when another Postgres is used", () => {
    expect(() => configuration({ DATABASE_URL: "postgres://127.0.0.1/hifadhi" })).toThrow("KEYRING_URL is not set");
  });

  test("lets people sign in here, unless another provider is named, and invented ones where a demo is asked for", () => {
    expect(configuration({})).toMatchObject({ DEMO_SIGN_IN: false, BUILT_IN_SIGN_IN: true });
    expect(configuration({ OIDC_ISSUER: "https://id.example.org" })).toMatchObject({ DEMO_SIGN_IN: false, BUILT_IN_SIGN_IN: false });
    expect(configuration({}, true)).toMatchObject({ DEMO_SIGN_IN: true, BUILT_IN_SIGN_IN: false });
  });

  test("takes no demo in production, nor beside another provider", () => {
    expect(() => configuration({ NODE_ENV: "production" }, true)).toThrow("--demo must not be used in production");
    expect(() => configuration({ OIDC_ISSUER: "https://id.example.org" }, true)).toThrow("OIDC_ISSUER is set");
  });

  test("keeps the data where it is told to", async () => {
    expect(await dataFolder(configuration({ HIFADHI_DATA: "elsewhere" }))).toBe(resolve("elsewhere"));
  });
});
