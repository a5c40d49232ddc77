import { Field, ID, Int, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import { may } from "#access/decide.js";
import type { Call, Operation } from "#api/operations/operation.js";
import { consistent } from "#api/reads/reads.js";
import type { Instant } from "#kernel/kernel.js";
import { ask, type Statement } from "#projection/read/reading.js";
import { expressionOf } from "#projection/run/rows.js";
import { caseView } from "../intake/case.view.js";
import { caseSafetyView } from "../safety/safety.view.js";
import { boardArea } from "./areas.js";
import { workKinds, type WorkKind } from "./vocabulary.js";
import { caseWorkView } from "./work.view.js";

/** So many lines of each part are shown. */
const most = 20;
/** A consent that ends within so many days is asked for anew. */
const soon = 14;

const about = "What it is about, such as the id of a consent";
const assignee = "Who does it, where that was said";
const count = "How many there are";
const soonest = `The soonest of them, ${most} at most; the list of work has all`;

/** One thing that a supervisor looks at. */
@ObjectType("BoardLine")
class BoardLine {
  @Field(() => ID, { description: "In which case" }) @ApiProperty({ format: "uuid", description: "In which case" }) caseId!: string;
  @Field(() => String, { description: "Why it stands here" })
  @ApiProperty({ type: String, enum: [...workKinds], description: "Why it stands here" })
  kind!: WorkKind;
  @Field({ description: about }) @ApiProperty({ description: about }) about!: string;
  @Field(() => String, { description: "By when" })
  @ApiProperty({ type: String, format: "date-time", description: "By when" })
  dueAt!: Instant;
  @Field(() => String, { nullable: true, description: assignee })
  @ApiProperty({ type: String, nullable: true, description: assignee })
  assignee!: string | null;
}
@ObjectType("BoardPart")
class BoardPart {
  @Field(() => Int, { description: count }) @ApiProperty({ type: "integer", description: count }) count!: number;
  @Field(() => [BoardLine], { description: soonest })
  @ApiProperty({ type: [BoardLine], description: soonest })
  lines!: BoardLine[];
}
const part = (description: string): PropertyDecorator => {
  return (target, key) => {
    Field(() => BoardPart, { description })(target, key);
    ApiProperty({ type: BoardPart, description })(target, key);
  };
};

/** What of all that waits a supervisor looks at first, in the cases to which she stands. */
@ObjectType("Board")
export class Board {
  @part("What should have been done by now") overdue!: BoardPart;
  @part("Open cases whose danger was assessed as high, by when that is looked at again") highRisk!: BoardPart;
  @part(`Consents that end within ${soon} days`) consentsEnding!: BoardPart;
  @part("What was done without consent, for a vital interest, and waits to be authorised or reviewed") emergencies!: BoardPart;
}
type Part = keyof Board;

const text = `
  with waiting as materialized (
    select work.id, item ->> 'kind' as kind, item ->> 'about' as about, (item ->> 'dueAt')::timestamptz as due, item ->> 'assignee' as assignee
    from case_work as work cross join lateral jsonb_array_elements(work.items) as item
    where work.next_due_at < $2
  ), board as (
    select 'overdue' as part, waiting.* from waiting where due < $1
    union all
    select 'consentsEnding', waiting.* from waiting where kind = 'ConsentEnding' and due between $1 and $2
    union all
    select 'emergencies', waiting.* from waiting where kind in ('EmergencyReview', 'EmergencyConfirmation')
    union all
    select 'highRisk', safety.id, 'RiskReview', 'risk', safety.review_by, null
    from case_safety as safety join "case" on "case".id = safety.id
    where safety.risk_level = 'High' and "case".stage <> 'Closed'
  ), placed as (
    select *, count(*) over (partition by part)::int as count, row_number() over (partition by part order by due, id, about) as place from board
  )
  select part, count, id::text as "caseId", kind, about, ${expressionOf("timestamptz", "due")} as "dueAt", assignee
  from placed where place <= ${most} order by part, place`;

const day = 86_400_000;

/** Of the cases that the reader stands to: the row policies leave out all others. */
const statementAt = (now: Date): Statement => ({
  name: "board",
  text,
  values: [now.toISOString(), new Date(now.getTime() + soon * day).toISOString()],
});

type Row = BoardLine & { readonly part: Part; readonly count: number };

const partOf = (rows: readonly Row[], name: Part): BoardPart => {
  const own = rows.filter((row) => row.part === name);
  return {
    count: own[0]?.count ?? 0,
    lines: own.map(({ caseId, kind, about, dueAt, assignee }) => ({ caseId, kind, about, dueAt, assignee })),
  };
};

/** What is overdue, who is in high danger, which consents end, and what was done without one. */
export const board: Operation = {
  name: "board",
  kind: "query",
  path: "/board",
  summary: "what a supervisor looks at first: what is overdue, who is in high danger, which consents end, what was done without one",
  tag: "board",
  returns: Board,
  permission: may("read", boardArea, "Oversight"),
  async run(call: Call) {
    await consistent(call, caseWorkView, caseSafetyView, caseView);
    const { reading, standings, changes } = call.services;
    const rows = await ask<Row>(reading, statementAt(changes.clock()), standings.reader(call.actor));
    const body: Board = {
      overdue: partOf(rows, "overdue"),
      highRisk: partOf(rows, "highRisk"),
      consentsEnding: partOf(rows, "consentsEnding"),
      emergencies: partOf(rows, "emergencies"),
    };
    return { body };
  },
};
