import { may } from "#access/decide.js";
import { change, from } from "#api/changes/changes.js";
import { list } from "#api/reads/reads.js";
import { topic } from "#topics/topic.js";
import { membershipArea } from "../areas.js";
import { membershipVocabularies } from "../labels.js";
import { organisations } from "../organisations.js";
import { organisationView } from "../profile/organisation.view.js";
import { staffRecords } from "../staff/staff-records.js";
import { organisationMemberView } from "./member.view.js";
import { DeactivateMember, deactivateMember, InviteMember, inviteMember, members, PostMember, postMember } from "./membership.js";

/** Who works where, in which roles: read by every request, which acts as its membership says at that moment. */
export const membershipTopic = topic(organisations, members, {
  state: membershipArea,
  facts: { MemberInvited: membershipArea, MemberPosted: membershipArea, MemberDeactivated: membershipArea },
  changes: {
    Administration: [
      change(inviteMember, InviteMember, may("write", membershipArea), { registered: from(staffRecords, "staff", () => true) }),
      change(postMember, PostMember, may("write", membershipArea)),
      change(deactivateMember, DeactivateMember, may("write", membershipArea)),
    ],
  },
  views: [organisationMemberView],
  lists: [
    list(organisationMemberView, {
      name: "organisationMembers",
      permission: may("read", membershipArea, "Administration", "Oversight"),
      filters: ["organisation", "status"],
      sorts: ["-since", "since"],
      below: { organisation: () => [organisationView] },
    }),
  ],
  vocabularies: membershipVocabularies,
});
