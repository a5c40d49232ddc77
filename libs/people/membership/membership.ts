import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsArray, IsIn, Matches } from "class-validator";
import { roles, type Role } from "#access/roles.js";
import { Described } from "#kernel/described.js";
import { require, slice, type Actor, type Context, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { IsId } from "#platform/values/ids.js";
import { Optional } from "#platform/values/optional.js";
import type { Profile } from "../profile/profile.js";
import { deactivationReasons, type DeactivationReason } from "../vocabulary.js";

// Facts

/** Where somebody works, and as what. */
export interface Post {
  /** The first is the one in which she acts, where she does not say otherwise. */
  readonly roles: readonly GivenRole[];
  readonly shelter?: string | undefined;
  /** Code of the district that she works in. */
  readonly district?: string | undefined;
}

export type MembershipFact =
  | { type: "MemberInvited"; data: { staff: string; roles: GivenRole[]; shelter?: string | undefined; district?: string | undefined } }
  | { type: "MemberPosted"; data: { staff: string; roles: GivenRole[]; shelter?: string | undefined; district?: string | undefined } }
  | { type: "MemberDeactivated"; data: { staff: string; reason: DeactivationReason } };

// State

export interface Member extends Post {
  readonly active: boolean;
}
/** Staff id -> as what she works here, or last did. */
export type Members = Readonly<Record<string, Member>>;

export const members = slice<MembershipFact>()<Members>(
  {},
  {
    MemberInvited: (state, { staff, ...post }) => ({ ...state, [staff]: { ...post, active: true } }),
    MemberPosted: (state, { staff, ...post }) => ({ ...state, [staff]: { ...post, active: true } }),
    MemberDeactivated: (state, { staff }) => (known(state, staff) ? { ...state, [staff]: { ...state[staff]!, active: false } } : state),
  },
);

const known = (members: Members, staff: string): boolean => Object.hasOwn(members, staff);

/** As what somebody works here now; null: she does not. */
export const activeMember = (members: Members, staff: string): Member | null =>
  known(members, staff) && members[staff]!.active ? members[staff]! : null;

// Requests

/** Every role but that of the system itself. */
export const givenRoles = roles.filter((role) => role !== "policy");
export type GivenRole = Exclude<Role, "policy">;

const aPerson = { message: "$property must be the id of a person, of letters, digits and | : . - _" };
const isPerson = () => Matches(/^[\w|:.-]{1,100}$/, aPerson);
const isDistrict = () => Matches(/^[A-Z][A-Za-z-]{1,49}$/, { message: "$property must be the code of a district, such as Kasulu-Town" });

class PostOf {
  @Described("As what she works; the first is the one in which she acts, where she does not say otherwise")
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(4)
  @ArrayUnique()
  @IsIn(givenRoles, { each: true })
  roles!: GivenRole[];
  @Described("The house in which she works") @Optional() @IsId() shelter?: string;
  @Described("The code of the district in which she works") @Optional() @isDistrict() district?: string;
}

@Refuses("AlreadyMember", "OrganisationIsSuspended", "RoleNotYoursToGive", "RoleSelfGiven")
export class InviteMember extends PostOf {
  @Described("Her id, as she was registered") @IsId() staff!: string;
}
@Refuses("LastAdministrator", "NotAMember", "RoleNotYoursToGive", "RoleSelfGiven")
export class PostMember extends PostOf {
  @Described("Her id") @isPerson() staff!: string;
}
@Refuses("LastAdministrator", "RoleNotYoursToGive")
export class DeactivateMember {
  @Described("Her id") @isPerson() staff!: string;
  @Described("Why she no longer works here") @IsIn(deactivationReasons) reason!: DeactivationReason;
}

// Rules

type State = { members: Members; profile: Pick<Profile, "suspended" | "onboardedBy"> };

/**
 * Roles that see across organisations or run the platform: only an administrator gives or takes them, and in an organisation that was taken in
 * only one of the organisation that took it in. Otherwise a partner would make itself the auditor of everybody's cases.
 */
const ofAdministrators: readonly GivenRole[] = [
  "platform-administrator",
  "data-protection-officer",
  "auditor",
  "data-team",
  "importer",
  "investigator",
];
const managing: readonly GivenRole[] = ["platform-administrator", "supervisor"];

/** May somebody give this role, or take it away, in an organisation that this one took in? `host` null: in the first one. */
export const isYoursToGive = (actor: Actor, role: string, host: string | null): boolean =>
  !ofAdministrators.some((each) => each === role) ||
  (actor.role === "platform-administrator" && (host === null || actor.organisation === host));

const requireYoursToGive = ({ profile }: State, { actor }: Context, given: readonly GivenRole[]): void => {
  const role = given.find((each) => !isYoursToGive(actor, each, profile.onboardedBy));
  require(role === undefined, "RoleNotYoursToGive", { role });
};

/** Somebody who can run an organisation is left in it: the last administrator, and the last who can invite anybody at all. */
function requireStillRun(before: Members, after: Members): void {
  for (const some of [managing.slice(0, 1), managing]) {
    const has = (all: Members) => Object.values(all).some(({ active, roles: own }) => active && own.some((each) => some.includes(each)));
    require(!has(before) || has(after), "LastAdministrator");
  }
}

const postOf = ({ roles: given, shelter, district }: Post) => ({
  roles: [...given],
  ...(shelter !== undefined && { shelter }),
  ...(district !== undefined && { district }),
});
const isSamePost = (one: Post, other: Post): boolean => JSON.stringify(postOf(one)) === JSON.stringify(postOf(other));

/** Somebody is taken on, or back: by another person, in roles that this person may give (numbered requirements 1 and 25 of the field's practice). */
export const inviteMember: Rule<State & { registered: boolean }, InviteMember, MembershipFact> = (state, request, context) => {
  const { members, profile } = state;
  require(!profile.suspended, "OrganisationIsSuspended");
  require(request.staff !== context.actor.id, "RoleSelfGiven");
  requireYoursToGive(state, context, request.roles);
  const before = activeMember(members, request.staff);
  if (before && isSamePost(before, request)) return [];
  require(!before, "AlreadyMember");
  return [{ type: "MemberInvited", data: { staff: request.staff, ...postOf(request) } }];
};

/** Other roles, another house or district, told whole. Nobody gives herself a role; she may lay one down. */
export const postMember: Rule<State, PostMember, MembershipFact> = (state, request, context) => {
  const { members } = state;
  const before = activeMember(members, request.staff);
  require(before, "NotAMember");
  if (isSamePost(before, request)) return [];
  const added = request.roles.filter((each) => !before.roles.includes(each));
  const taken = before.roles.filter((each) => !request.roles.includes(each));
  require(request.staff !== context.actor.id || added.length === 0, "RoleSelfGiven");
  if (request.staff !== context.actor.id) requireYoursToGive(state, context, [...added, ...taken]);
  requireStillRun(members, { ...members, [request.staff]: { ...postOf(request), active: true } });
  return [{ type: "MemberPosted", data: { staff: request.staff, ...postOf(request) } }];
};

/** Whoever leaves is out within seconds: sessions, streams and refreshes end. What she did stays hers. */
export const deactivateMember: Rule<State, DeactivateMember, MembershipFact> = (state, { staff, reason }, context) => {
  const { members } = state;
  const before = activeMember(members, staff);
  if (!before) return [];
  if (staff !== context.actor.id) requireYoursToGive(state, context, before.roles);
  requireStillRun(members, { ...members, [staff]: { ...before, active: false } });
  return [{ type: "MemberDeactivated", data: { staff, reason } }];
};

/** A house that a manager without one has registered is the one that she manages. */
export const manageOwnShelter: Rule<State, { staff: string; shelter: string }, MembershipFact> = ({ members }, { staff, shelter }) => {
  const before = activeMember(members, staff);
  const hasNone = before !== null && before.roles.includes("shelter-manager") && before.shelter === undefined;
  return hasNone ? [{ type: "MemberPosted", data: { staff, ...postOf(before), shelter } }] : [];
};
