import { resolve } from "node:path";
import { configuration, dataFolder } from "./configuration.js";

describe("the configuration of the one command", () => {
  test("need not be given", () => {
    expect(configuration({}).PORT).toBe(3000);
  });

  test("names the keyring's url when another Postgres is used", () => {
    expect(() => configuration({ DATABASE_URL: "postgres://127.0.0.1/hifadhi" })).toThrow("KEYRING_URL is not set");
  });

  test("signs demo people in, unless a real issuer is named, and never in production", () => {
    expect(configuration({}).DEMO_SIGN_IN).toBe(true);
    expect(configuration({ OIDC_ISSUER: "https://id.example.org" }).DEMO_SIGN_IN).toBe(false);
    expect(() => configuration({ NODE_ENV: "production" })).toThrow("OIDC_ISSUER is not set");
    expect(() => configuration({ NODE_ENV: "production", DEMO_SIGN_IN: "yes", OIDC_ISSUER: "https://id.example.org" })).toThrow();
  });

  test("keeps the data where it is told to", async () => {
    expect(await dataFolder(configuration({ HIFADHI_DATA: "elsewhere" }))).toBe(resolve("elsewhere"));
  });
});
