import { IsIn, IsString, Matches, MaxLength } from "class-validator";
import { Personal } from "#access/personal.js";
import { Described } from "#kernel/described.js";
import { require, slice, type Context, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { Optional } from "#platform/values/optional.js";
import { IsInstant, utc } from "#platform/values/time.js";
import type { Intake } from "../intake/intake.js";
import { leavingReasons, teamRoles, type LeavingReason, type TeamRole } from "./vocabulary.js";
import { isBarred, type Walls } from "./walls.js";

// Facts

export type TeamFact =
  | {
      type: "WorkerAssigned";
      data: { worker: string; role: TeamRole; until?: Instant | undefined; from?: string | undefined };
      personal?: Record<string, { narrative: { note: string } }> | undefined;
    }
  | { type: "WorkerLeft"; data: { worker: string; reason: LeavingReason } };

// State

/** Somebody in the team, for good or until a time. */
export interface Member {
  readonly role: TeamRole;
  readonly until: Instant | null;
}
/** Worker -> as what she is in the team; null: she has left it. Whoever opened the case is in it until she leaves. */
export type Team = Readonly<Record<string, Member | null>>;

export const team = slice<TeamFact>()<Team>(
  {},
  {
    WorkerAssigned: (state, { worker, role, until = null }) => ({ ...state, [worker]: { role, until } }),
    WorkerLeft: (state, { worker }) => ({ ...state, [worker]: null }),
  },
);

export interface TeamState {
  readonly intake: Pick<Intake, "openedBy" | "subject">;
  readonly team: Team;
}

/** As what somebody is in the team of a case, as it is on record; null: she is not. What was told last counts, whenever it happened. */
export function memberOf({ intake, team: members }: TeamState, worker: string, now: Instant): Member | null {
  const member = Object.hasOwn(members, worker) ? members[worker]! : intake.openedBy === worker ? opener : null;
  return member !== null && (member.until === null || now < member.until) ? member : null;
}
const opener: Member = { role: "CaseLead", until: null };

/** Everybody in it whose time is not limited. */
const standing = (state: TeamState): readonly string[] =>
  [...new Set([state.intake.openedBy, ...Object.keys(state.team)])].filter(
    (each): each is string => each !== null && memberOf(state, each, "")?.until === null,
  );

// Requests

const worker = { message: "$property must be the id of a person, of letters, digits and | : . - _" };
const isWorker = () => Matches(/^[\w|:.-]{1,100}$/, worker);

@Refuses("AssignmentAlreadyOver", "WorkerIsBarred")
export class AssignWorker {
  @Described("The id of the person") @IsString() @isWorker() worker!: string;
  @Described("What she does for the case") @IsIn(teamRoles) role!: TeamRole;
  @Described("When her time in the team ends; not said: it has no end") @Optional() @IsInstant() until?: string;
}
@Refuses("HandedOverToOneself", "NotInTheTeam", "WorkerIsBarred")
export class HandOverCase {
  @Described("Who takes over") @IsString() @isWorker() to!: string;

  @Described("Who hands over; not said: whoever asks") @Optional() @IsString() @isWorker() from?: string;
  @Optional() @Personal("narrative") @IsString() @MaxLength(4000) note?: string;
}
@Refuses("LastOfTheTeam")
export class RemoveWorker {
  @Described("The id of the person") @IsString() @isWorker() worker!: string;
  @Described("Why she leaves") @IsIn(leavingReasons) reason!: Exclude<LeavingReason, "HandedOver">;
}

// Rules

type Needs = TeamState & { walls: Walls };

/** Whoever is walled off is in no team, by whomever she is assigned (numbered requirement 10). */
const requireNoWall = ({ walls }: Needs, each: string): void => require(!isBarred(walls, [each]), "WorkerIsBarred");

/** Assigned anew, she is what was said last: for another time, or with another task. */
export const assignWorker: Rule<Needs, AssignWorker, TeamFact> = (state, request, { now }) => {
  const until = request.until === undefined ? undefined : utc(request.until);
  require(until === undefined || until > now, "AssignmentAlreadyOver");
  requireNoWall(state, request.worker);
  const before = memberOf(state, request.worker, now);
  if (before?.role === request.role && before.until === (until ?? null)) return [];
  return [{ type: "WorkerAssigned", data: { worker: request.worker, role: request.role, until } }];
};

/** One hands over what one has: the other is in the team before the first has left it. */
export const handOverCase: Rule<Needs, HandOverCase, TeamFact> = (state, { to, from: said, note }, { now, actor }: Context) => {
  const from = said ?? actor.id;
  require(from !== to, "HandedOverToOneself");
  requireNoWall(state, to);
  const before = memberOf(state, from, now);
  require(before, "NotInTheTeam");
  const personal = note === undefined ? undefined : { [state.intake.subject]: { narrative: { note } } };
  return [
    { type: "WorkerAssigned", data: { worker: to, role: before.role, from }, personal },
    { type: "WorkerLeft", data: { worker: from, reason: "HandedOver" } },
  ];
};

/** A case is nobody's at no time: the last of a team hands over instead of leaving. */
export const removeWorker: Rule<Needs, RemoveWorker, TeamFact> = (state, request, { now }) => {
  if (!memberOf(state, request.worker, now)) return [];
  require(standing(state).some((each) => each !== request.worker), "LastOfTheTeam");
  return [{ type: "WorkerLeft", data: { worker: request.worker, reason: request.reason } }];
};
