import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "#platform/http/free-port.js";
import { startEventStore } from "../../apps/event-store/event-store.js";
import { certificate } from "../event-store/secure.js";
import { launch, openCase, ready } from "../support/launched.js";
import { createDatabase } from "../support/postgres.js";
import { temporaryFolder } from "../support/temporary-folder.js";

test("one command at an event store of somebody else's starts none, and says that its streams are not protected", async () => {
  const { certificateFile, ...tls } = await certificate();
  const store = await startEventStore({ databaseUrl: await createDatabase(), port: 0, host: "localhost", tls });
  const [data, port] = [join(temporaryFolder(), "data"), String(await freePort())];
  const EVENTSTORE_URL = `esdb://admin:changeit@localhost:${store.port}?tls=true&tlsCAFile=${encodeURIComponent(certificateFile)}`;
  const [DATABASE_URL, KEYRING_URL] = [await createDatabase(), await createDatabase()];
  const launched = launch({ HIFADHI_DATA: data, PORT: port, EVENTSTORE_URL, DATABASE_URL, KEYRING_URL });
  await ready(launched);
  expect(launched.output()).toContain("The event store lets others than admin write to, delete or truncate its streams.");
  expect(launched.output()).not.toContain("changeit");
  await openCase(port);
  expect(readdirSync(data)).not.toContain("postgres");
  // Who names the servers knows where they are: their passwords stand in no file.
  expect(existsSync(join(data, "addresses.json"))).toBe(false);
  launched.process.kill("SIGTERM");
  expect(await launched.ended()).toBe(0);
  await store.stop();
});
