import { Field, ID, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import { v4 as uuidv4 } from "uuid";
import type { Permission } from "#access/decide.js";
import type { Aggregate, Fact, Rule } from "#kernel/kernel.js";
import { notAllowedOrUnknown } from "#platform/problem.js";
import { Change, type AlsoNeeded } from "#store/change.js";
import { createdId } from "#store/decide.js";
import type { Call, Operation } from "./operation.js";

/** Where the record stands after a change. */
@ObjectType("Receipt")
export class Receipt {
  @Field(() => ID) @ApiProperty({ format: "uuid" }) id!: string;
  @Field(() => String, { description: "Send it as `revision` (REST: `If-Match`) with the next change." }) @ApiProperty() revision!: string;
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

/** Each line: its REST route, its OpenAPI, its GraphQL mutation. */
export const changes = <State, F extends Fact>(
  of: Aggregate<State, F>,
  list: readonly DeclaredChange<any, any>[],
  ownedBy?: Operation["ownedBy"],
): Operation[] => list.map((each) => operationOf(of, each, ownedBy));

function operationOf(of: Aggregate<any, any>, declared: DeclaredChange<any, any>, ownedBy?: Operation["ownedBy"]): Operation {
  const name = declared.request.name[0]!.toLowerCase() + declared.request.name.slice(1);
  const verb = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return {
    name,
    kind: "mutation",
    path: `/${of.name}s${declared.creates ? "" : "/{id}"}/${verb}`,
    summary: verb.replaceAll("-", " "),
    tag: `${of.name}s`,
    input: declared.request,
    returns: Receipt,
    permission: declared.permission,
    created: declared.creates,
    ...(!declared.creates && { about: of, ...(ownedBy && { ownedBy }) }),
    run: (call) => run(of, declared, call),
  };
}

async function run(of: Aggregate<any, any>, { rule, creates, also }: DeclaredChange<any, any>, call: Call) {
  const { actor, input, envelope, services } = call;
  const commandId = envelope.key ?? uuidv4();
  const id = creates ? createdId(of.name, commandId) : call.id;
  const needed = Object.entries(also).map(([name, each]): [string, AlsoNeeded] => [
    name,
    { of: each.of, as: each.as, id: String((input as Record<string, unknown>)[each.idIn]) },
  ]);
  if (!creates && (await services.changes.states.current(of, id)).revision < 0n) throw notAllowedOrUnknown();
  const receipt = await services.commands.execute(
    new Change(of, id, rule, input, actor, {
      commandId,
      also: Object.fromEntries(needed),
      ...(envelope.revision !== undefined && { expectedRevision: envelope.revision }),
      ...(envelope.occurredAt && { occurredAt: envelope.occurredAt }),
    }),
  );
  const position = receipt.position?.commit;
  return {
    body: { id, revision: receipt.revision.toString(), position: position?.toString() ?? null },
    revision: receipt.revision,
    position,
    ...(creates && { location: `/v1/${of.name}s/${id}` }),
  };
}
