import { Code, Codes, Key, Moment, Reference, Text, ViewOf } from "#projection/declare/columns.js";
import { view } from "#projection/declare/view.js";
import { membershipArea as area } from "../areas.js";
import { organisations } from "../organisations.js";
import { deactivationReasons, memberStatuses, type DeactivationReason, type MemberStatus } from "../vocabulary.js";
import { givenRoles, type GivenRole } from "./membership.js";

/** Who works for an organisation, or did, and as what. */
@ViewOf("OrganisationMember", {
  about: ["organisation", "organisation"],
  concerns: ["organisation", "organisation"],
  indexes: [
    ["since", "id"],
    ["organisation", "since", "id"],
    ["status", "since", "id"],
  ],
})
export class OrganisationMemberView {
  @Key() id!: string;
  @Reference({ area }) organisation!: string;
  @Text({ area, description: "Her id, as it stands in histories" }) staff!: string;
  @Codes(givenRoles, { area, description: "The first is the one in which she acts, where she does not say otherwise" }) roles!: GivenRole[];
  @Reference({ area, optional: true, description: "The house in which she works" }) shelter!: string | null;
  @Text({ area, optional: true, description: "The code of the district in which she works" }) district!: string | null;
  @Moment({ area, description: "When she was taken on last" }) since!: string;
  @Code(memberStatuses, { area }) status!: MemberStatus;
  @Moment({ area, optional: true }) deactivatedAt!: string | null;
  @Code(deactivationReasons, { area, optional: true }) reason!: DeactivationReason | null;
}

export const organisationMemberView = view(organisations)(OrganisationMemberView, {
  version: 1,
  key: ({ streamId, data }) => `${streamId} ${"staff" in data && typeof data.staff === "string" ? data.staff : ""}`,
  project: {
    MemberInvited: (_, { streamId, at, data: { staff, roles, shelter = null, district = null } }) => ({
      id: `${streamId} ${staff}`,
      organisation: streamId,
      staff,
      roles,
      shelter,
      district,
      since: at,
      status: "Active" as const,
      deactivatedAt: null,
      reason: null,
    }),
    MemberPosted: (row, { data: { roles, shelter = null, district = null } }) => row && { ...row, roles, shelter, district },
    MemberDeactivated: (row, { at, data: { reason } }) => row && { ...row, status: "Deactivated" as const, deactivatedAt: at, reason },
  },
});
