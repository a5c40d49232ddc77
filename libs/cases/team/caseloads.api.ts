import { Field, Int, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import { may } from "#access/decide.js";
import type { Call, Operation } from "#api/operations/operation.js";
import { consistent } from "#api/reads/reads.js";
import type { Instant } from "#kernel/kernel.js";
import { ask, type Statement } from "#projection/read/reading.js";
import { caseView } from "../intake/case.view.js";
import { teamView } from "./team.view.js";

const openCases = "Cases that are not closed, in whose team the worker is now";
const asLead = "Of these, those that the worker leads";

/** How much one worker has to do now. */
@ObjectType("Caseload")
export class Caseload {
  @Field({ description: "The worker's id" }) @ApiProperty({ description: "The worker's id" }) worker!: string;
  @Field(() => Int, { description: openCases }) @ApiProperty({ type: "integer", description: openCases }) openCases!: number;
  @Field(() => Int, { description: asLead }) @ApiProperty({ type: "integer", description: asLead }) asLead!: number;
}

const mostWorkers = 1_000;

const text = `
  select member.worker, count(*)::int as "openCases", count(*) filter (where member.role = 'CaseLead')::int as "asLead"
  from team_member as member join "case" on "case".id = member.case_id::text
  where member.left_at is null and coalesce(member.until, 'infinity') > $1 and "case".stage <> 'Closed'
  group by member.worker
  order by 2 desc, member.worker
  limit ${mostWorkers}`;

/** Of the cases that the reader stands to: the row policies leave out all others. */
const caseloadStatement = (now: Instant): Statement => ({ name: "caseloads", text, values: [now] });

/** Who has how many open cases, the busiest first: so that a supervisor gives the next one to somebody who has time for it. */
export const caseloads: Operation = {
  name: "caseloads",
  kind: "query",
  path: "/caseloads",
  summary: "how many open cases each worker has, the busiest first",
  tag: "caseloads",
  returns: Caseload,
  list: true,
  permission: may("read", "workload", "Oversight"),
  async run(call: Call) {
    await consistent(call, teamView, caseView);
    const { reading, standings, changes } = call.services;
    const body = await ask<Caseload>(reading, caseloadStatement(changes.clock().toISOString()), standings.reader(call.actor));
    return { body };
  },
};
