import { Code, Key, Moment, Reference, Text, ViewOf } from "#projection/declare/columns.js";
import { view } from "#projection/declare/view.js";
import { cases } from "../cases.js";
import { leavingReasons, teamRoles, type LeavingReason, type TeamRole } from "./vocabulary.js";
import { teamArea } from "./areas.js";

/** Who works for a case, or did. */
@ViewOf("TeamMember", {
  about: ["case", "caseId"],
  concerns: ["case", "caseId"],
  indexes: [
    ["since", "id"],
    ["caseId", "since", "id"],
    ["worker", "since", "id"],
  ],
})
export class TeamMemberView {
  @Key() id!: string;
  @Reference({ area: teamArea }) caseId!: string;
  @Text({ area: teamArea, description: "The worker's id" }) worker!: string;
  @Code(teamRoles, { area: teamArea }) role!: TeamRole;
  @Moment({ area: teamArea, description: "When she was assigned last" }) since!: string;
  @Moment({ area: teamArea, optional: true, description: "When her time in the team is over; null: it has no end" }) until!: string | null;
  @Moment({ area: teamArea, optional: true, description: "When she left; null: she has not" }) leftAt!: string | null;
  @Code([...leavingReasons, "HandedOver"], { area: teamArea, optional: true }) reason!: LeavingReason | null;
}

export const teamView = view(cases)(TeamMemberView, {
  version: 1,
  key: ({ streamId, data, metadata }) => `${streamId} ${"worker" in data ? data.worker : metadata.by.id}`,
  project: {
    CaseOpened: (_, { streamId, at, metadata: { by } }) => ({
      id: `${streamId} ${by.id}`,
      caseId: streamId,
      worker: by.id,
      role: "CaseLead" as const,
      since: at,
      until: null,
      leftAt: null,
      reason: null,
    }),
    WorkerAssigned: (_, { streamId, at, data: { worker, role, until = null } }) => ({
      id: `${streamId} ${worker}`,
      caseId: streamId,
      worker,
      role,
      since: at,
      until,
      leftAt: null,
      reason: null,
    }),
    WorkerLeft: (row, { at, data: { reason } }) => row && { ...row, leftAt: at, reason },
  },
});
