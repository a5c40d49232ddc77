import { type Probe, live, ready } from "./health.js";

const probe = (name: string, check: () => Promise<void>): Probe => ({ name, check });

describe("health", () => {
  test("a service is alive whatever it depends on", () => {
    expect(live()).toEqual({ status: "up" });
  });

  test("a service is ready when everything it needs answers", async () => {
    expect(await ready([probe("event-store", async () => {})])).toEqual({ httpStatus: 200, body: { status: "up" } });
  });

  test("a service names what is away or does not answer in time, and not what it said", async () => {
    const probes = [
      probe("event-store", async () => {}),
      probe("database", () => Promise.reject(new Error("password authentication failed"))),
      probe("keyring", () => new Promise(() => {})),
      probe("sync", () => {
        throw new Error("at once");
      }),
    ];
    expect(await ready(probes, 50)).toEqual({ httpStatus: 503, body: { status: "down", failing: ["database", "keyring", "sync"] } });
  });
});
