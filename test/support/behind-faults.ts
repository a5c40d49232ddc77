import { EventLog } from "#store/event-log.js";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { disposeClients } from "../event-store/node.js";
import { FaultyStore } from "./faulty-store.js";
import { createDatabase } from "./postgres.js";

/** An event store for the tests of a file and, new for each of them, a server before it that fails as the test says. */
export class BehindFaults {
  store!: RunningEventStore;
  faulty!: FaultyStore;
  /** Of the failing server. */
  url!: string;
  log!: EventLog;

  /** `open`: the log of each test. */
  constructor(open = (url: string): EventLog => new EventLog(url)) {
    beforeAll(async () => {
      this.store = await startEventStore({ databaseUrl: await createDatabase(), port: 0 });
    }, 60_000);
    beforeEach(async () => {
      this.faulty = new FaultyStore();
      this.url = await this.faulty.start(this.store.url);
      this.log = open(this.url);
    });
    afterEach(async () => {
      await this.log.close();
      this.faulty.stop();
    });
    afterAll(async () => {
      await disposeClients();
      await this.store.stop();
    });
  }
}
