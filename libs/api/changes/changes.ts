import { Field, ID, Int, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import { v4 as uuidv4 } from "uuid";
import { allows, may, type Permission } from "#access/decide.js";
import { fieldsSent } from "#access/personal.js";
import type { OfPurpose } from "#access/purpose.js";
import type { ProtectedRecord } from "#access/record.js";
import { require, type Aggregate, type Fact, type Rule } from "#kernel/kernel.js";
import { fieldsNotAllowed, notAllowedOrUnknown } from "#platform/http/problem.js";
import { Change, type AlsoNeeded } from "#store/change.js";
import { createdId } from "#store/decide.js";
import { requireTimely } from "./late-entry.js";
import type { Answered, Call, Operation } from "../operations/operation.js";
import { ownerOf, recordDenied } from "../operations/permit.js";

/** Where the record stands after a change. */
@ObjectType("Receipt")
export class Receipt {
  @Field(() => ID) @ApiProperty({ format: "uuid" }) id!: string;
  @Field(() => Int, { description: "Send it as `revision` (REST: `If-Match`) with the next change." })
  @ApiProperty({ type: "integer" })
  revision!: number;
  @Field(() => String, {
    nullable: true,
    description: "Send it as `consistentAfter` (REST: `Consistent-After`) with a query that must see this.",
  })
  @ApiProperty({ nullable: true, type: String })
  position!: string | null;
}

/** Another aggregate's state that the rule needs, found by an id in the request. */
export interface Also {
  readonly of: Aggregate<any, any>;
  readonly idIn: string;
  readonly as: AlsoNeeded["as"];
}

/** One change, ready to be registered. */
export interface DeclaredChange<State, F extends Fact> {
  readonly rule: Rule<State, any, F>;
  readonly request: new () => object;
  readonly permission: Permission;
  readonly creates: boolean;
  readonly also: Readonly<Record<string, Also>>;
  /** Is there already what its personal fields would replace? */
  readonly replaces?: (state: State) => boolean;
}

/** `change(withdrawConsent, WithdrawConsent, may("write", "consent"))`; the last argument names what the rule needs of other aggregates. */
export const change = <State, Request extends object, F extends Fact>(
  rule: Rule<State, Request, F>,
  request: new () => Request,
  permission: Permission,
  also: Readonly<Record<string, Also>> = {},
): DeclaredChange<any, F> => ({ rule, request, permission, creates: false, also });

/** A change that begins a record: it has no id yet; the same key begins the same record. */
export const creation = <State, Request extends object, F extends Fact>(
  rule: Rule<State, Request, F>,
  request: new () => Request,
  permission: Permission,
): DeclaredChange<any, F> => ({ rule, request, permission, creates: true, also: {} });

/**
 * A change whose personal fields replace what was recorded before: the whole record of a class is sent, so it is told from what was read,
 * and the revision of that comes with it (`If-Match`).
 */
export const replacing = <State, F extends Fact>(declared: DeclaredChange<any, F>, replaces: (state: State) => boolean) =>
  ({ ...declared, replaces }) satisfies DeclaredChange<any, F>;

/** Each line: its REST route, its OpenAPI, its GraphQL mutation. */
export const changes = (about: ProtectedRecord, purpose: OfPurpose, list: readonly DeclaredChange<any, any>[]): Operation[] =>
  list.map((each) => operationOf(about, purpose, each));

function operationOf(about: ProtectedRecord, purpose: OfPurpose, declared: DeclaredChange<any, any>): Operation {
  const { of } = about;
  const name = declared.request.name[0]!.toLowerCase() + declared.request.name.slice(1);
  const verb = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const operation: Answered = {
    name,
    kind: "mutation",
    path: `/${of.name}s${declared.creates ? "" : "/{id}"}/${verb}`,
    summary: verb.replaceAll("-", " "),
    tag: `${of.name}s`,
    input: declared.request,
    returns: Receipt,
    permission: declared.permission,
    created: declared.creates,
    about,
    run: async (call) => {
      await requireFieldsAllowed(operation, declared, call);
      return run({ about, purpose }, declared, call);
    },
  };
  return operation;
}

/** Whoever may make a change may not thereby write, or remove, what she may not write. @throws 403, and the fields are named */
async function requireFieldsAllowed(operation: Answered, { request }: DeclaredChange<any, any>, call: Call): Promise<void> {
  const owner = ownerOf(operation, call);
  const own = typeof owner === "object" ? owner : {};
  const refused = fieldsSent(request, call.input).filter(([, dataClass]) => !allows(call.actor, may("write", dataClass), own));
  if (refused.length === 0) return;
  for (const dataClass of new Set(refused.map(([, each]) => each))) await recordDenied(operation, may("write", dataClass), call);
  throw fieldsNotAllowed(refused.map(([field]) => field));
}

/** The rule, told from what the caller has read where it replaces personal data. It keeps its name, by which a repeat is known. */
function guarded({ rule, request, replaces }: DeclaredChange<any, any>, { input, envelope }: Call): Rule<any, any, Fact> {
  if (!replaces || envelope.revision !== undefined || fieldsSent(request, input).length === 0) return rule;
  const onRevisionOnly: Rule<any, any, Fact> = (state, ...asked) => {
    require(!replaces(state), "RevisionRequired");
    return rule(state, ...asked);
  };
  return Object.defineProperty(onRevisionOnly, "name", { value: rule.name });
}

async function run({ about, purpose }: { about: ProtectedRecord; purpose: OfPurpose }, declared: DeclaredChange<any, any>, call: Call) {
  const { of, subject } = about;
  const { creates, also } = declared;
  const { actor, input, envelope, services, imported } = call;
  const commandId = envelope.key ?? uuidv4();
  const id = creates ? createdId(of.name, commandId) : call.id;
  const needed = Object.entries(also).map(([name, each]): [string, AlsoNeeded] => [
    name,
    { of: each.of, as: each.as, id: String((input as Record<string, unknown>)[each.idIn]) },
  ]);
  if (!creates && (await services.changes.states.current(of, id)).revision < 0n) throw notAllowedOrUnknown();
  if (envelope.occurredAt && !imported) {
    const now = services.changes.clock().toISOString();
    requireTimely({ at: envelope.occurredAt, now, actor, reason: envelope.lateReason, days: services.lateEntryDays });
  }
  const receipt = await services.commands.execute(
    new Change(of, id, guarded(declared, call), input, actor, {
      commandId,
      keyed: envelope.key !== undefined,
      purpose,
      also: Object.fromEntries(needed),
      ...(fieldsSent(declared.request, input).length > 0 && { subject }),
      ...(envelope.revision !== undefined && { expectedRevision: envelope.revision }),
      ...(envelope.occurredAt && { occurredAt: envelope.occurredAt }),
      ...(envelope.lateReason && { lateReason: envelope.lateReason }),
      ...(imported && { imported, source: "import" }),
    }),
  );
  const position = receipt.position?.commit;
  return {
    body: { id, revision: Number(receipt.revision), position: position?.toString() ?? null },
    revision: receipt.revision,
    position,
    ...(creates && { location: `/v1/${of.name}s/${id}` }),
  };
}
