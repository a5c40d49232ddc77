import { require, type Actor } from "#kernel/kernel.js";
import type { Role } from "./roles.js";

/** What somebody else must approve, and who that is. A new one is a line here. */
interface Approver {
  readonly by: readonly Role[];
  /** Of another organisation than the one that it is about: nobody vets her own house. */
  readonly fromOutside?: boolean;
}

/**
 * Who approves what, after the field's practice (section 3.4 of its reference, and its four-eyes rule: the approver is never the requester).
 * A decision of the police or a court is on record with its document, taken down by a supervisor.
 */
export const approvals = {
  closure: { by: ["supervisor"] },
  plan: { by: ["supervisor"] },
  vetting: { by: ["social-welfare-officer"], fromOutside: true },
  emergency: { by: ["supervisor"] },
  relatedCases: { by: ["supervisor"] },
  officialDetermination: { by: ["supervisor"] },
} as const satisfies Readonly<Record<string, Approver>>;

/** About what an approval is asked. */
interface AskedBy {
  /** Who asked for it; null: nobody in particular. */
  readonly requestedBy?: string | null;
  /** Whose it is; null: not known. */
  readonly organisation?: string | null;
}

/** @throws Refusal, where she is not the one who approves it */
export function requireApprover(kind: keyof typeof approvals, { requestedBy = null, organisation = null }: AskedBy, actor: Actor): void {
  const { by, fromOutside = false }: Approver = approvals[kind];
  require(requestedBy !== actor.id, "ApproverIsRequester");
  require((by as readonly string[]).includes(actor.role), "ApproverOfAnotherRole", { roles: by });
  require(!fromOutside || organisation === null || actor.organisation !== organisation, "ApproverOfOwnOrganisation");
}
