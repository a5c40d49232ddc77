import type { Actor } from "#kernel/kernel.js";
import type { Members } from "./membership/membership.js";
import type { Profile } from "./profile/profile.js";

/** An organisation as far as it decides who may work here. */
export interface Employer {
  readonly profile: Pick<Profile, "suspended" | "onboardedBy">;
  readonly members: Members;
}

/** Who comes, and in which of her roles, for which of her organisations, she wants to act. */
export interface Arriving {
  readonly staff: string;
  readonly role?: string | undefined;
  readonly organisation?: string | undefined;
}

export type NotAdmitted = "NotAMember" | "MembershipEnded" | "OrganisationIsSuspended" | "RoleNotHeld";
export type Admission = { readonly actor: Actor } | { readonly refused: NotAdmitted };

/**
 * As whom somebody acts who has signed in: as her membership says at this moment, whatever her token does. A request acts in one role. Without
 * a wish it is the first of the first organisation that she works for.
 */
export function admit(employers: ReadonlyMap<string, Employer>, { staff, role, organisation }: Arriving): Admission {
  const posts = [...employers]
    .filter(([id, { members }]) => Object.hasOwn(members, staff) && (organisation === undefined || id === organisation))
    .map(([id, { members, profile }]) => ({ id, suspended: profile.suspended, member: members[staff]! }));
  if (posts.length === 0) return { refused: "NotAMember" };
  const active = posts.filter(({ member }) => member.active);
  if (active.length === 0) return { refused: "MembershipEnded" };
  const working = active.filter(({ suspended }) => !suspended);
  if (working.length === 0) return { refused: "OrganisationIsSuspended" };
  const post = working.find(({ member }) => role === undefined || member.roles.some((each) => each === role));
  if (!post) return { refused: "RoleNotHeld" };
  const { shelter, district, roles } = post.member;
  return {
    actor: {
      id: staff,
      role: role ?? roles[0]!,
      organisation: post.id,
      ...(shelter !== undefined && { shelter }),
      ...(district !== undefined && { district }),
    },
  };
}
