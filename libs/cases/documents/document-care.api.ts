import { v5 as uuidv5 } from "uuid";
import type { ApiServices } from "#api/operations/services.js";
import { clearSpool } from "#platform/documents/spool.js";
import type { KeptDocument } from "#platform/documents/store.js";
import { Change } from "#store/change.js";
import { streamOf } from "#store/stored.js";
import { cases } from "../cases.js";
import { openedOf } from "./document-bytes.api.js";
import { isSpent, type KnownDocument } from "./documents.js";
import { tellScan } from "./keeping.js";

const second = 1_000;
const hour = 3_600 * second;
/** How soon what a scanner did not answer is asked again, milliseconds. */
const askedAgain = 5 * second;
/** Bytes of which nothing is on record, or nobody will be handed any more, are kept so long: what is on its way is not taken for lost. */
const grace = 24 * hour;
const mostAtOnce = 50;

type Tell = (fields: object, message: string) => void;
interface Waiting {
  readonly record: string;
  readonly document: string;
}
/** A place in the line of those that wait, the oldest first. */
interface Place {
  readonly since: Date;
  readonly document: string;
}

/** Has documents scanned that are in quarantine, and removes bytes that nobody will be handed any more. */
export class DocumentCare {
  readonly #timers: NodeJS.Timeout[] = [];
  #services: ApiServices | undefined;
  #work: Promise<unknown> = Promise.resolve();
  #stopped = false;
  #isAway = false;
  #last: Place | null = null;

  constructor(private readonly tell: Tell) {}

  start(services: ApiServices): void {
    this.#services = services;
    this.#timers.push(setInterval(() => this.#then(() => this.sweep()), hour).unref());
    if (services.documents.scanner) this.#timers.push(setInterval(() => this.#then(() => this.scanWaiting()), askedAgain).unref());
    this.#then(() => this.sweep());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const each of this.#timers) clearInterval(each);
    await this.#work;
  }

  /** A document has come: it is scanned at once. */
  news(record: string, document: string): void {
    this.#then(() => this.#scan({ record, document }));
  }

  /**
   * Those that are in quarantine: after a restart, or when the scanner was away. The next of the line each time, and its beginning anew after its end, so
   * that none that cannot be scanned holds up those behind it.
   */
  async scanWaiting(): Promise<void> {
    const { rows } = await this.#services!.workshop.pool.query<Waiting & Place>(
      `select case_id::text as record, id::text as document, added_at as since from document
       where scan = 'Awaited' and withdrawn_at is null and ($1::timestamptz is null or (added_at, id::text) > ($1, $2))
       order by added_at, id::text limit ${mostAtOnce}`,
      [this.#last?.since, this.#last?.document],
    );
    let last: Place | null = rows.length < mostAtOnce ? null : rows.at(-1)!;
    for (const each of rows) {
      if (this.#stopped) break;
      await this.#scan(each);
      if (!this.#isAway) continue;
      // Where the scanner went away, the line goes on.
      last = this.#last;
      break;
    }
    this.#last = last;
    this.#isAway = false;
  }

  async #scan({ record, document }: Waiting): Promise<void> {
    const services = this.#services!;
    const { scanner } = services.documents;
    const found = (await services.changes.states.fresh(cases, record)).state.documents.find((each) => each.document === document);
    if (!scanner || found?.scan !== "Awaited" || isSpent(found)) return;
    const clean = await this.#isClean(record, found);
    if (clean === null) return;
    const options = { commandId: uuidv5(document, scans), source: "policy" as const };
    await services.commands.execute(
      new Change(cases, record, tellScan, { document, clean }, { id: "scan-documents", role: "policy" }, options),
    );
    if (!clean) this.tell({ code: "DocumentInfected", record, document }, "A document that does harm stays in quarantine");
  }

  /** Null: it is not known yet. */
  async #isClean(record: string, found: KnownDocument): Promise<boolean | null> {
    const services = this.#services!;
    try {
      return await services.documents.scanner!.isClean(await openedOf(services, record, found));
    } catch (error) {
      const { code = "Unexpected" } = error as { code?: string };
      this.#isAway = code === "ScannerUnavailable";
      this.tell({ code, record, document: found.document }, "A document could not be scanned; it stays in quarantine and is tried again");
      return null;
    }
  }

  /** Removes what was withdrawn, does harm, was never recorded, or belonged to somebody who was erased. */
  async sweep(before = new Date(Date.now() - grace)): Promise<void> {
    const { store } = this.#services!.documents;
    await clearSpool(store.spool, before);
    for await (const kept of store.list()) {
      if (this.#stopped) return;
      if (kept.keptAt >= before) continue;
      const isKept = await this.#isNeeded(kept).catch(() => true);
      if (!isKept) await store.remove(kept);
    }
  }

  /** Of a case that this log does not know nothing is removed: it may be the wrong log. */
  async #isNeeded({ record, content }: KeptDocument): Promise<boolean> {
    const { changes, seal } = this.#services!;
    const { state, revision } = await changes.states.fresh(cases, record);
    if (revision < 0n) return true;
    const found = state.documents.find((each) => each.content === content);
    if (!found || isSpent(found)) return false;
    const place = { stream: streamOf(cases.name, record), content, subject: state.intake.subject, class: found.about };
    return (await seal.openContent(place)) !== null;
  }

  #then(work: () => Promise<void>): void {
    this.#work = this.#work
      .then(() => (this.#stopped ? undefined : work()))
      .catch((error: unknown) => {
        const { code = "Unexpected" } = error as { code?: string };
        this.tell({ code, error }, "Documents were not looked after; it is tried again");
      });
  }
}

/** Namespace of what is told of one document once. */
const scans = "6f2b0c1e-51c4-5c0e-9a6b-0a9a1f5d2b77";
