import { Field, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import type { Permission } from "#access/decide.js";
import { seesOf, type ProtectedRecord } from "#access/record.js";
import { tableOf } from "#projection/declare/columns.js";
import type { RowState } from "#projection/read/live-rows.js";
import type { View } from "#projection/declare/view.js";
import { rowFor } from "../reads/disclosure.js";
import type { Subscribed } from "../operations/operation.js";
import { consistent } from "../reads/reads.js";

type Row = RowState["row"];

interface LiveOptions {
  /** GraphQL field, such as `shelterLive`. */
  readonly name: string;
  readonly path: string;
  readonly permission: Permission;
}

/**
 * One row of a view as it is now, and again whenever it has changed: states, so that whoever missed some has the newest. Its sealed
 * parts stay null for everybody, and the rest is told as far as one may see it: nothing personal is pushed; who may see it asks for the record itself, and that is recorded.
 */
export function live(about: ProtectedRecord, view: View<any, any>, { name, path, permission }: LiveOptions): Subscribed {
  return {
    name,
    kind: "subscription",
    path: `/${path}/{id}/live`,
    summary: `the same record, again whenever it has changed`,
    tag: path,
    returns: stateOf(view, name),
    permission,
    about,
    follow: async (call) => {
      await consistent(call, view);
      const visible = rowFor(tableOf(view.row), seesOf(call.actor, about.belongsTo(call.id)));
      return call.services.live.open(view, call, ({ position, row }) => ({ position, row: visible(row) as Row }));
    },
  };
}

/** `{ position, row }`, as a class that GraphQL and OpenAPI know. */
function stateOf(view: View<any, any>, name: string): new () => object {
  const State = { State: class {} }.State;
  Object.defineProperty(State, "name", { value: `${name[0]!.toUpperCase()}${name.slice(1)}` });
  const prototype = State.prototype as object;
  const description = "Send it as `after` (REST: `Last-Event-ID`) to go on from here.";
  Field(() => String, { description })(prototype, "position");
  ApiProperty({ type: String, description })(prototype, "position");
  Field(() => view.row)(prototype, "row");
  ApiProperty({ type: view.row })(prototype, "row");
  ObjectType(State.name)(State);
  return State;
}
