import { Field, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import { allAreas } from "#access/cells.js";
import { allows, type OperationPermission } from "#access/decide.js";
import { seesOf, type ProtectedRecord } from "#access/record.js";
import { tableOf } from "#projection/declare/columns.js";
import type { RowState } from "#projection/read/live-rows.js";
import type { Sections, View } from "#projection/declare/view.js";
import { membershipChanged } from "#platform/http/problem.js";
import { endUnless } from "./live-streams.js";
import { rowFor } from "../reads/disclosure.js";
import type { Subscribed } from "../operations/operation.js";
import { consistent } from "../reads/reads.js";

type Row = RowState["row"];

interface LiveOptions {
  /** GraphQL field, such as `shelterLive`. */
  readonly name: string;
  readonly path: string;
  readonly permission: OperationPermission;
  /** The record's sections, which are null here: who follows a record asks for it where one has moved. */
  readonly sections?: Sections;
}

/**
 * One row of a view as it is now, and again whenever it has changed: states, so that whoever missed some has the newest. Its sealed
 * parts stay null for everybody; it ends when the right to it does; and the rest is told as far as one may see it: nothing personal is pushed; who may see it asks for the record itself, and that is recorded.
 */
export function live(about: ProtectedRecord, view: View<any, any>, { name, path, permission, sections = {} }: LiveOptions): Subscribed {
  const none = Object.fromEntries(Object.keys(sections).map((each) => [each, null]));
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
      const { actor, id, services } = call;
      const owner = about.belongsTo(id);
      const sees = seesOf(actor, owner, call.standing);
      const visible = rowFor(tableOf(view.row), sees);
      const seen = allAreas().filter((area) => sees(area));
      // It shows what she might see when it began: it ends as soon as she may see less.
      const isStill = async () => {
        if (!services.standings.concerns(about.of)) return true;
        const standing = await services.standings.of(about.of, id, actor);
        if (standing === null || !allows(actor, permission, owner, standing)) return false;
        const seesNow = seesOf(actor, owner, standing);
        return seen.every((area) => seesNow(area));
      };
      const states = await services.live.open(
        view,
        call,
        ({ position, row }) => ({ position, row: { ...visible(row), ...none } as Row }),
        isStill,
      );
      for (const record of [id, ...(await services.standings.named(about.of, id))])
        void states.ended.then(services.revocations.watch(record, () => void endUnless(states, isStill)));
      void states.ended.then(services.people.watch(actor.id, () => states.end(membershipChanged())));
      return states;
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
  Field(() => view.row, { description: "As it is at that position" })(prototype, "row");
  ApiProperty({ type: view.row })(prototype, "row");
  ObjectType(State.name)(State);
  return State;
}
