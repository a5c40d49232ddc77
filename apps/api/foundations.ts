import type { Pool } from "pg";
import { partitionsOf } from "#projection/run/checkpoints.js";
import { watcher } from "#api/access/reader.js";
import { Revocations } from "#api/access/revocations.js";
import { DraftStore } from "#api/drafts/draft-store.js";
import { LiveStreams } from "#api/live/live-streams.js";
import { openPool } from "#platform/postgres/postgres.js";
import type { KeptDocuments } from "#platform/documents/kept.js";
import { openScanner, openStore } from "#platform/documents/settings.js";
import { Slots } from "#platform/http/slots.js";
import { LiveRows } from "#projection/read/live-rows.js";
import { Progress } from "#projection/read/progress.js";
import { ask, openReading } from "#projection/read/reading.js";
import type { Workshop } from "#projection/watch/run-tasks.js";
import { keyFromFile } from "#seal/key-encryption-key.js";
import { openSeal, type Seal } from "#seal/seal.js";
import { dues, policies, relations, views } from "#domain/domain.js";
import { EventLog } from "#store/event-log.js";
import type { Configuration } from "./configuration.js";
import { Directory } from "./directory.js";

/** What the api is built on: the log, the keyring and the read models, with what waits for them and follows them. */
export interface Foundations {
  readonly log: EventLog;
  readonly seal: Seal;
  readonly reading: Pool;
  readonly progress: Progress;
  readonly live: LiveStreams;
  readonly workshop: Workshop;
  /** Who is no longer what the tables of lists still say. */
  readonly revocations: Revocations;
  /** Who works here. */
  readonly directory: Directory;
  /** For what signing in keeps. */
  readonly signIn: Pool;
  /** What people have written and not sent. */
  readonly drafts: DraftStore;
  /** Queries that wait for a change. */
  readonly waiting: Slots;
  /** Where documents are kept, and what looks at them. */
  readonly documents: Omit<KeptDocuments, "news">;
  close(): Promise<void>;
}

/** @throws KeyringUnavailable, WrongKeyEncryptionKey, where no projector has made the read models yet, and what keeps the read models from answering */
export async function openFoundations(configuration: Configuration): Promise<Foundations> {
  const store = await openStore(configuration);
  const seal = await openSeal({ keyringUrl: configuration.KEYRING_URL, key: await keyFromFile(configuration.KEY_FILE) });
  const log = new EventLog(configuration.EVENTSTORE_URL, { marker: seal });
  const reading = openReading(configuration.DATABASE_URL);
  const operators = openPool(configuration.DATABASE_URL, { max: 3 });
  const signIn = openPool(configuration.DATABASE_URL, { max: 5 });
  await partitionsOf(operators);
  const drafts = await new DraftStore(openPool(configuration.DATABASE_URL, { max: 3 })).open();
  const progress = new Progress(configuration.DATABASE_URL, {
    milliseconds: configuration.CONSISTENT_WITHIN_SECONDS * 1_000,
    waiting: configuration.CONSISTENT_WAITING,
  });
  const rows = new LiveRows((text, values) => ask(reading, { text, values }, watcher(relations)));
  progress.onNews(() => rows.news());
  await progress.start();
  const revocations = new Revocations(log, progress, relations);
  revocations.start();
  const directory = new Directory({ log, reading, progress, seal });
  await directory.start();
  return {
    log,
    seal,
    reading,
    progress,
    revocations,
    directory,
    signIn,
    drafts,
    live: new LiveStreams(rows, { each: configuration.LIVE_STREAMS_PER_PERSON, total: configuration.LIVE_STREAMS }),
    workshop: { log, pool: operators, url: configuration.DATABASE_URL, views, policies, dues },
    documents: {
      store,
      scanner: openScanner(configuration),
      arriving: new Slots({ each: configuration.DOCUMENTS_AT_ONCE_PER_PERSON, total: configuration.DOCUMENTS_AT_ONCE }),
    },
    // All together are bounded by whoever lets them wait.
    waiting: new Slots({ each: configuration.CONSISTENT_WAITING_PER_PERSON, total: Number.POSITIVE_INFINITY }),
    close: async () =>
      void (await Promise.allSettled([
        directory.close(),
        revocations.close(),
        progress.close(),
        seal.close(),
        reading.end(),
        operators.end(),
        drafts.close(),
      ])),
  };
}
