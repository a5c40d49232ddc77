import type { Actor } from "#kernel/kernel.js";
import type { OperationPermission, Standing } from "#access/decide.js";
import type { ProtectedRecord } from "#access/record.js";
import type { RowState } from "#projection/read/live-rows.js";
import type { DraftReference } from "../drafts/draft-store.js";
import type { LateReason } from "../changes/late-entry.js";
import type { Latest } from "../live/latest.js";
import type { Imported } from "#store/stored.js";
import type { ApiServices } from "./services.js";

type RequestClass<T extends object = object> = new () => T;

/** What the envelope of a call says, the same by REST headers and by GraphQL arguments. */
export interface Envelope {
  /** `Idempotency-Key` | `key`: a UUID. */
  readonly key?: string | undefined;
  /** `If-Match` | `revision`. */
  readonly revision?: bigint | undefined;
  /** `Occurred-At` | `occurredAt`: when it happened, if not now. */
  readonly occurredAt?: string | undefined;
  /** `Late-Reason` | `lateReason`: why it is told so late. */
  readonly lateReason?: LateReason | undefined;
  /** `Draft` | `draft`: the draft that is sent with it. */
  readonly draft?: DraftReference | undefined;
  /** `Consistent-After` | `consistentAfter`: a position that the answer must include. */
  readonly after?: bigint | undefined;
}

/** Fields of a request that name a record: such as must be given, and hold any text, no code. */
export type IdIn<Request> = {
  [Name in keyof Request & string]-?: Request[Name] extends string ? (string extends Request[Name] ? Name : never) : never;
}[keyof Request & string];

/** One call of an operation, by REST or GraphQL. */
export interface Call {
  readonly actor: Actor;
  readonly id: string;
  readonly input: object;
  readonly envelope: Envelope;
  readonly services: ApiServices;
  /** How the caller stands to the record that it is about. */
  readonly standing: Standing;
  /** Properties of the answer that are asked for, where less than all are. */
  readonly selected?: ReadonlySet<string>;
  /** Where it is brought in as history: by whom, in which import. `actor` is who acted then. */
  readonly imported?: Imported;
}

export interface Answer {
  readonly body: object | readonly object[];
  /** Becomes the `ETag`. */
  readonly revision?: bigint | undefined;
  /** Comes back as `Consistent-After`. */
  readonly position?: bigint | undefined;
  readonly location?: string;
}

/** A call whose answer goes on: the states of a row, the newest whenever it has moved. */
export interface LiveCall extends Call {
  /** `Last-Event-ID` | `after`: the position last seen; what was told then is not told again. */
  readonly seen?: bigint | undefined;
  /** When the caller's token ends, and the answer with it. */
  readonly until: Date;
}

/** How somebody may ask about a record to which she does not stand. */
export interface Opening {
  /** Does the record let that happen? Where not, to her there is none. */
  readonly isOpen: (state: any) => boolean;
  /** May she at all? Asked before anything about the record is. @throws Refusal */
  readonly gate: (asking: Pick<Call, "actor" | "services">) => Promise<void>;
  /** With which codes the gate refuses. */
  readonly refuses: readonly string[];
}

/** One thing that can be asked, declared once: its REST route, its OpenAPI and its GraphQL field all come from this. */
interface Declared {
  /** GraphQL field; also the OpenAPI operation id. */
  readonly name: string;
  /** Below `/v1`, with `{id}` where it is about one record. */
  readonly path: string;
  readonly summary: string;
  /** Heading in the OpenAPI page. */
  readonly tag: string;
  readonly returns: RequestClass;
  /** What one must be allowed to do. A list is narrowed to one's own shelter where no more is allowed; `anybody`: who is signed in. */
  readonly permission: OperationPermission | "anybody";
  /** What `{id}` names, and with it whose it is. Left out where there is an `{id}`: nobody may. */
  readonly about?: ProtectedRecord;
  /** It may be asked of a record to which one does not stand. */
  readonly opening?: Opening;
  /** A list that is narrowed to one's own shelter where no more is allowed. Not said: who may not see all sees nothing. */
  readonly narrowed?: boolean;
}

/** Asked once, answered once. */
export interface Answered extends Declared {
  readonly kind: "query" | "mutation";
  /** Body of a mutation, parameters of a query; none where there is nothing to say. */
  readonly input?: RequestClass;
  readonly list?: boolean;
  readonly created?: boolean;
  /** By status, codes of the problems that are its own: with which its rule refuses, for one. */
  readonly problems?: Readonly<Record<number, readonly string[]>>;
  /** What may be asked for with the answer by REST, `include=`, and how it is read. By GraphQL it is a field. */
  readonly includes?: Readonly<Record<string, (call: Call) => Promise<object>>>;
  run(call: Call): Promise<Answer>;
}

/** Asked once, answered again and again: server-sent events, and a GraphQL subscription. */
export interface Subscribed extends Declared {
  readonly kind: "subscription";
  follow(call: LiveCall): Promise<Latest<RowState>>;
}

/** A file that is being sent, with what it calls itself. */
export interface SentFile {
  readonly name: string | undefined;
  readonly mediaType: string | undefined;
  readonly bytes: AsyncIterable<Buffer>;
}

/** Sent with a file, by REST alone: `multipart/form-data`, the fields of the request before the file. */
export interface Uploaded extends Declared {
  readonly kind: "upload";
  readonly input: RequestClass;
  readonly problems?: Answered["problems"];
  take(call: Call, file: SentFile): Promise<Answer>;
}

/** What is answered with bytes. */
export interface SentContent {
  readonly bytes: AsyncIterable<Buffer>;
  readonly length: number;
  readonly mediaType: string;
  /** As what a browser saves it. */
  readonly name: string;
}

/** Answered with the bytes of a file, by REST alone. What names it within the record stands in the path. */
export interface Downloaded extends Declared {
  readonly kind: "download";
  readonly input: RequestClass;
  readonly problems?: Answered["problems"];
  send(call: Call): Promise<SentContent>;
}

export type Operation = Answered | Subscribed | Uploaded | Downloaded;

/** By GraphQL no files go to and fro. */
export type InGraphql = Answered | Subscribed;
export const isInGraphql = (operation: Operation): operation is InGraphql => operation.kind !== "upload" && operation.kind !== "download";

/** Does it change a record? */
export const isChange = ({ kind }: Operation): boolean => kind === "mutation" || kind === "upload";

/** Is it about one record? */
export const isAboutOne = ({ path }: Operation): boolean => path.includes("{id}");
