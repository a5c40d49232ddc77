import type { Actor } from "#kernel/kernel.js";
import type { Owner, Permission } from "#access/decide.js";
import type { Aggregate } from "#kernel/kernel.js";
import type { ApiServices } from "./services.js";

type Class<T extends object = object> = new () => T;

/** What the envelope of a call says, the same by REST headers and by GraphQL arguments. */
export interface Envelope {
  /** `Idempotency-Key` | `key`: a UUID. */
  readonly key?: string | undefined;
  /** `If-Match` | `revision`. */
  readonly revision?: bigint | undefined;
  /** `Occurred-At` | `occurredAt`: when it happened, if not now. */
  readonly occurredAt?: string | undefined;
  /** `Consistent-After` | `consistentAfter`: a position that the answer must include. */
  readonly after?: bigint | undefined;
}

/** One call of an operation, by whatever door it came. */
export interface Call {
  readonly actor: Actor;
  readonly id: string;
  readonly input: object;
  readonly envelope: Envelope;
  readonly services: ApiServices;
}

export interface Answer {
  readonly body: object | readonly object[];
  /** Becomes the `ETag`. */
  readonly revision?: bigint | undefined;
  /** Comes back as `Consistent-After`. */
  readonly position?: bigint | undefined;
  readonly location?: string;
}

/** One thing that can be asked, declared once: its REST route, its OpenAPI and its GraphQL field all come from this. */
export interface Operation {
  /** GraphQL field; also the OpenAPI operation id. */
  readonly name: string;
  readonly kind: "query" | "mutation";
  /** Below `/v1`, with `{id}` where it is about one record. */
  readonly path: string;
  readonly summary: string;
  /** Heading in the OpenAPI page. */
  readonly tag: string;
  /** Body of a mutation, parameters of a query; none where there is nothing to say. */
  readonly input?: Class;
  readonly returns: Class;
  readonly list?: boolean;
  /** What one must be allowed to do. A list is narrowed to one's own shelter where no more is allowed; `anybody`: who is signed in. */
  readonly permission: Permission | "anybody";
  /** What `{id}` names. */
  readonly about?: Aggregate<any, any>;
  /** Whose record `{id}` is, where a role may only see its own; left out: nobody's. */
  readonly ownedBy?: (id: string) => Owner;
  readonly created?: boolean;
  run(call: Call): Promise<Answer>;
}

/** Is it about one record? */
export const isAboutOne = ({ path }: Operation): boolean => path.includes("{id}");
