import { Field, ID, Int, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import { v4 as uuidv4 } from "uuid";
import { allows, may, related, standsFully, whoever, type Permission } from "#access/decide.js";
import { fieldsSent, personalFields } from "#access/personal.js";
import type { OfPurpose } from "#access/purpose.js";
import type { ProtectedRecord } from "#access/record.js";
import type { Entry } from "#kernel/corrections.js";
import { Refusal, require, type Aggregate, type Fact, type Rule, type Times } from "#kernel/kernel.js";
import { refusalsOf } from "#kernel/refusals.js";
import { collectionOf, inAnAddress } from "#platform/values/addresses.js";
import { fieldsNotAllowed, notAllowedOrUnknown } from "#platform/http/problem.js";
import { Change, type AlsoNeeded } from "#store/change.js";
import { createdId } from "#store/decide.js";
import { requireTimely } from "./late-entry.js";
import type { Answered, Call, IdIn, Opening, Operation } from "../operations/operation.js";
import type { ApiServices } from "../operations/services.js";
import { everyChangeRefuses } from "../operations/problem-codes.js";
import { ownerOf, recordDenied, untilNothingIsTold } from "../operations/permit.js";

/** Where the record stands after a change. */
@ObjectType("Receipt")
export class Receipt {
  @Field(() => ID, { description: "The record" }) @ApiProperty({ format: "uuid" }) id!: string;
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

/** What another aggregate's state tells a rule; the record is found by an id in the request. */
export interface AlsoOf<Name extends string, Needed> {
  readonly of: Aggregate<any, any>;
  readonly idIn: Name;
  readonly as: (state: any, asked: Times & { readonly id: string }) => Needed;
  /** It is the organisation for which whoever asks works. Where that is not kept here, the rule is told what is so of one that has not begun. */
  readonly isOwnOrganisation?: true;
  /** It is what the record itself holds, entry by entry. */
  readonly isOwnEntries?: true;
}

/** `from(cases, "caseId", residentOf)` */
export const from = <State, const Name extends string, Needed>(
  of: Aggregate<State, any>,
  idIn: Name,
  as: (state: State, asked: Times & { readonly id: string }) => Needed,
): AlsoOf<Name, Needed> => ({ of, idIn, as });

/** `fromOwnOrganisation(organisations, approversOf)`: of the organisation for which whoever asks works. */
export const fromOwnOrganisation = <State, Needed>(
  of: Aggregate<State, any>,
  as: (state: State, asked: Times & { readonly id: string }) => Needed,
): AlsoOf<never, Needed> => ({ of, idIn: "" as never, as, isOwnOrganisation: true });

/** `ownEntries(cases)`: what the record itself holds, entry by entry, for rules about entries. */
export const ownEntries = (of: Aggregate<any, any>): AlsoOf<never, readonly Entry[]> => ({
  of,
  idIn: "" as never,
  as: (entries: readonly Entry[]) => entries,
  isOwnEntries: true,
});

/** One change, ready to be registered. `State`: what it needs of its own aggregate, held against it where it is registered. */
export interface DeclaredChange<in State, out F extends Fact> {
  readonly rule: (state: State, request: never, context: never) => readonly F[];
  readonly request: new () => object;
  readonly permission: Permission;
  readonly creates: boolean;
  /** What names the record that is begun, so that there is one of each; not said: the key of the request. */
  readonly namedBy?: (request: any) => string;
  readonly also: Readonly<Record<string, AlsoOf<string, unknown>>>;
  /** It may be asked of a record to which one does not stand. */
  readonly opening?: Opening;
  /** Is there already what its personal fields would replace? */
  readonly replaces?: (state: State) => boolean;
  /** What the deployment tells the rule. */
  readonly deployed?: (services: ApiServices) => object;
}

/** What of its state a rule is told by other aggregates, each found by a field of the request. */
type Needed<State, Request, Names extends keyof State> = { readonly [Name in Names]: AlsoOf<IdIn<Request>, State[Name]> };

/** `change(withdrawConsent, WithdrawConsent, may("write", "consent"))`; the last argument names what the rule needs of other aggregates. */
export function change<State, Request extends object, F extends Fact>(
  rule: Rule<State, Request, F>,
  request: new () => Request,
  permission: Permission,
): DeclaredChange<State, F>;
export function change<State, Request extends object, F extends Fact, Names extends keyof State & string>(
  rule: Rule<State, Request, F>,
  request: new () => Request,
  permission: Permission,
  also: Needed<State, NoInfer<Request>, Names>,
): DeclaredChange<Omit<State, Names>, F>;
export function change(
  rule: Rule<any, any, any>,
  request: new () => object,
  permission: Permission,
  also: DeclaredChange<any, any>["also"] = {},
): DeclaredChange<any, any> {
  return { rule, request, permission, creates: false, also };
}

/** A change that begins a record: it has no id yet; the same key begins the same record. */
export const creation = <State, Request extends object, F extends Fact>(
  rule: Rule<State, Request, F>,
  request: new () => Request,
  permission: Permission,
): DeclaredChange<State, F> => ({ rule: rule as never, request, permission, creates: true, also: {} });

/** A change that begins a record of which there is one of each name, such as a house of its code: another of that name is the same record. */
export const creationOf = <State, Request extends object, F extends Fact>(
  namedBy: (request: NoInfer<Request>) => string,
  ...declared: Parameters<typeof creation<State, Request, F>>
): DeclaredChange<State, F> => ({ ...creation(...declared), namedBy });

/**
 * A change whose personal fields replace what was recorded before: the whole record of a class is sent, so it is told from what was read,
 * and the revision of that comes with it (`If-Match`).
 */
export const replacing = <State, F extends Fact, Known>(
  declared: DeclaredChange<State, F>,
  replaces: (state: Known) => boolean,
): DeclaredChange<State & Known, F> => ({ ...declared, replaces });

/** A change whose rule is also told what this deployment was set up with, such as its templates. */
export function deployed<State, F extends Fact, Told extends object>(
  declared: DeclaredChange<State, F>,
  told: (services: ApiServices) => Told,
): DeclaredChange<Omit<State, keyof Told>, F>;
export function deployed(declared: DeclaredChange<any, any>, told: (services: ApiServices) => object): DeclaredChange<any, any> {
  return { ...declared, deployed: told };
}

/** A change of a record to which whoever makes it need not stand, such as looking into a case in an emergency. */
export const opening = <State, F extends Fact, Known>(
  declared: DeclaredChange<State, F>,
  how: Omit<Opening, "isOpen"> & { readonly isOpen: (state: Known) => boolean },
): DeclaredChange<State & Known, F> => ({ ...declared, opening: how });

/** Each line: its REST route, its OpenAPI, its GraphQL mutation. */
export const changes = <State, F extends Fact>(
  about: ProtectedRecord<State, F>,
  purpose: OfPurpose,
  list: readonly DeclaredChange<NoInfer<State>, NoInfer<F>>[],
): Operation[] => list.map((each) => operationOf(about, purpose, each));

function operationOf(about: ProtectedRecord, purpose: OfPurpose, declared: DeclaredChange<any, any>): Operation {
  const { of } = about;
  const name = declared.request.name[0]!.toLowerCase() + declared.request.name.slice(1);
  const verb = inAnAddress(name);
  const operation: Answered = {
    name,
    kind: "mutation",
    path: `/${collectionOf(of.name)}${declared.creates ? "" : "/{id}"}/${verb}`,
    summary: verb.replaceAll("-", " "),
    tag: collectionOf(of.name),
    input: declared.request,
    returns: Receipt,
    permission: { ...declared.permission, purposes: [purpose] },
    created: declared.creates,
    problems: problemsOf(declared),
    about,
    ...(declared.opening && { opening: declared.opening }),
    run: async (call) => {
      await requireFieldsAllowed(operation, declared.request, call);
      return run({ about, purpose }, declared, call);
    },
  };
  return operation;
}

const namesAnother = ({ isOwnOrganisation, isOwnEntries }: AlsoOf<string, unknown>): boolean => !isOwnOrganisation && !isOwnEntries;

/** With what it may be refused: by its rule, and by what is asked of every change. */
const problemsOf = ({ request, also, replaces, opening: how }: DeclaredChange<any, any>): NonNullable<Answered["problems"]> => {
  const named = Object.values(also).some(namesAnother) ? ["ReferenceUnknown"] : [];
  const personal = personalFields(request).size > 0 ? ["SubjectErased"] : [];
  const own = { 409: [...refusalsOf(request), ...(how?.refuses ?? []), ...named, ...personal, ...everyChangeRefuses] };
  return replaces ? { ...own, 428: ["RevisionRequired"] } : own;
};

/** Whoever may make a change may not thereby write, or remove, what she may not write. @throws 403, and the fields are named */
export async function requireFieldsAllowed(operation: Answered, request: new () => object, call: Call): Promise<void> {
  const owner = operation.opening ? whoever : (ownerOf(operation, call) ?? {});
  const sees = (permission: Permission) => allows(call.actor, permission, owner, call.standing);
  const refused = fieldsSent(request, call.input).filter(([, dataClass]) => !sees(may("write", dataClass)));
  if (refused.length === 0) return;
  for (const dataClass of new Set(refused.map(([, each]) => each))) await recordDenied(operation, may("write", dataClass), call);
  throw fieldsNotAllowed(refused.map(([field]) => field));
}

/**
 * The rule, asked on behalf of whoever still stands to the record as it is changed, and told from what she has read where it replaces personal
 * data. It keeps its name, by which a repeat is known.
 */
function guarded(about: ProtectedRecord, declaredChange: DeclaredChange<any, any>, call: Call): Rule<any, any, Fact> {
  const { rule: declared, request, replaces } = declaredChange;
  const { input, envelope } = call;
  const rule = declared as Rule<any, any, Fact>;
  const told = declaredChange.deployed?.(call.services);
  const byRevisionOnly = replaces && envelope.revision === undefined && fieldsSent(request, input).length > 0 ? replaces : () => false;
  const guard: Rule<any, any, Fact> = (state, ...asked) => {
    requireStill(about, declaredChange, call, state);
    require(!byRevisionOnly(state), "RevisionRequired");
    return rule(told ? { ...state, ...told } : state, ...asked);
  };
  return Object.defineProperty(guard, "name", { value: rule.name });
}

/** Between the decision to let her and the append somebody may have taken her relation away: it is asked once more of the very state. */
function requireStill(
  { of, belongsTo }: ProtectedRecord,
  { permission, opening: how }: DeclaredChange<any, any>,
  { actor, id, services, standing, imported }: Call,
  state: unknown,
): void {
  if (imported || !id || !services.standings.concerns(of)) return;
  const { stands, barred } = services.standings.byOwn(of, { actor, record: id, now: services.changes.clock().toISOString() }, state);
  const own = new Set(services.standings.ownRelations(of));
  const elsewhere = standing.stands.filter(({ relation }) => !own.has(relation));
  const owner = how ? whoever : belongsTo(id) === related ? related : whoever;
  require(allows(actor, permission, owner, { stands: [...stands, ...elsewhere], barred }), "NotRelated");
}

/** Whoever names another record has to stand to it: otherwise to her there is none. @throws Refusal */
async function requireNamed(also: DeclaredChange<any, any>["also"], { actor, input, services, imported }: Call): Promise<void> {
  if (imported) return;
  for (const { of, idIn } of Object.values(also).filter(namesAnother)) {
    if (services.standings.recordOf(of.name)?.belongsTo("") !== related) continue;
    const since = performance.now();
    const standing = await services.standings.of(of, String((input as Record<string, unknown>)[idIn]), actor);
    if (standing && standsFully(standing)) continue;
    await services.standings.evenOut(of, standing !== null);
    await untilNothingIsTold(since);
    throw new Refusal("ReferenceUnknown", { kind: of.name });
  }
}

async function run({ about, purpose }: { about: ProtectedRecord; purpose: OfPurpose }, declared: DeclaredChange<any, any>, call: Call) {
  const { of, subject } = about;
  const { creates, also } = declared;
  const { actor, input, envelope, services, imported } = call;
  const commandId = envelope.key ?? uuidv4();
  const id = creates ? createdId(of.name, declared.namedBy?.(input) ?? commandId) : call.id;
  const needed = Object.entries(also).map(([name, { of: other, as, idIn, ...each }]): [string, AlsoNeeded] => {
    if (each.isOwnEntries) return [name, { of: other, as, id, entries: true }];
    if (each.isOwnOrganisation) return [name, { of: other, as, id: actor.organisation ?? "none", optional: true }];
    return [name, { of: other, as, id: String((input as Record<string, unknown>)[idIn]) }];
  });
  if (!creates && (await services.changes.states.current(of, id)).revision < 0n) throw notAllowedOrUnknown();
  if (envelope.occurredAt && !imported) {
    const now = services.changes.clock().toISOString();
    requireTimely({ at: envelope.occurredAt, now, actor, reason: envelope.lateReason, days: services.lateEntryDays });
  }
  await requireNamed(also, call);
  const receipt = await services.commands.execute(
    new Change(of, id, guarded(about, declared, call), input, actor, {
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
    ...(creates && { location: `/v1/${collectionOf(of.name)}/${id}` }),
  };
}
