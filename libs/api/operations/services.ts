import type { CommandBus } from "@nestjs/cqrs";
import type { Pool } from "pg";
import type { Progress } from "#projection/read/progress.js";
import type { Workshop } from "#projection/watch/run-tasks.js";
import type { Seal } from "#seal/seal.js";
import type { Changes } from "#store/changes.js";
import type { EventLog } from "#store/event-log.js";
import type { People } from "../access/people.js";
import type { SignInLinks } from "../access/sign-in-links.js";
import type { Revocations } from "../access/revocations.js";
import type { Standings } from "../access/standings.js";
import type { Alarms } from "../history/alarms.js";
import type { Vocabulary } from "#kernel/labels.js";
import type { Templates } from "#vocabulary/templates.js";
import type { DraftStore } from "../drafts/draft-store.js";
import type { Snapshots } from "../history/snapshots.js";
import type { Damage } from "../history/damage.js";
import type { LiveStreams } from "../live/live-streams.js";
import type { KeptDocuments } from "#platform/documents/kept.js";
import type { Slots } from "#platform/http/slots.js";
import type { Rows } from "../reads/rows.js";

/** What operations work with. */
export class ApiServices {
  constructor(
    readonly commands: CommandBus,
    readonly changes: Changes,
    readonly log: EventLog,
    /** The read models. */
    readonly reading: Pool,
    readonly rows: Rows,
    readonly seal: Seal,
    readonly progress: Progress,
    readonly live: LiveStreams,
    readonly workshop: Workshop,
    readonly damage: Damage,
    /** Who waits for a change that a query must see. */
    readonly waiting: Slots,
    readonly alarms: Alarms,
    readonly standings: Standings,
    readonly revocations: Revocations,
    readonly people: People,
    /** Null: nobody comes to sign in here, as in a demo. */
    readonly signInLinks: SignInLinks | null,
    readonly snapshots: Snapshots,
    /** What kinds of facts are called. */
    readonly factWords: Vocabulary,
    readonly documents: KeptDocuments,
    /** How many days back anybody may tell of. */
    readonly lateEntryDays: number,
    /** The forms of assessments. */
    readonly templates: Templates,
    /** What people have written and not sent. */
    readonly drafts: DraftStore,
  ) {}
}

/** Where a class of operations keeps them: its other members are called after operations, whatever those are called. */
export const given = Symbol("services of the api");
export interface GivenServices {
  readonly [given]: ApiServices;
}
