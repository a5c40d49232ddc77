import { Code, Count, Key, Moment, ViewOf, Words } from "#projection/declare/columns.js";
import { Sealed, Shape } from "#projection/declare/shapes.js";
import { sealedPart, view } from "#projection/declare/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { accountArea, complaintArea as area } from "./areas.js";
import { complaints } from "./complaints.js";
import * as codes from "./vocabulary.js";

@Shape("ComplaintAccount")
class ComplaintAccount {
  @Words() account!: string;
}

/** A complaint and what became of it. Whom it is about stands in no row: they are walled off, and the others need not know. */
@ViewOf("Complaint", {
  about: ["complaint", "id"],
  concerns: ["complaint", "id"],
  indexes: [
    ["receivedAt", "id"],
    ["status", "receivedAt", "id"],
    ["category", "receivedAt", "id"],
  ],
})
export class ComplaintView {
  @Key() id!: string;
  @Count({ area, description: "Send it as `If-Match` with the next change" }) revision!: number;
  @Moment({ area }) receivedAt!: string;
  @Code(codes.complaintCategories, { area }) category!: codes.ComplaintCategory;
  @Code(codes.complaintChannels, { area }) channel!: codes.ComplaintChannel;
  @Code(codes.complaintStatuses, { area }) status!: codes.ComplaintStatus;
  @Code(codes.complaintFindings, { area, optional: true }) finding!: codes.ComplaintFinding | null;
  @Code(codes.complaintOutcomes, { area, optional: true }) outcome!: codes.ComplaintOutcome | null;
  @Sealed(accountArea, ComplaintAccount) account!: SealedPart | null;
}

export const complaintView = view(complaints)(ComplaintView, {
  version: 1,
  key: ({ streamId }) => streamId,
  project: {
    ComplaintReceived: (_, fact) => ({
      id: fact.streamId,
      revision: 0,
      receivedAt: fact.at,
      category: fact.data.category,
      channel: fact.data.channel,
      status: "Received" as const,
      finding: null,
      outcome: null,
      account: sealedPart(fact, accountArea),
    }),
    ComplaintAcknowledged: (row) => row && { ...row, status: "Acknowledged" as const },
    ComplaintInvestigated: (row, { data: { finding } }) => row && { ...row, status: "Investigated" as const, finding },
    ComplaintResolved: (row, { data: { outcome } }) => row && { ...row, status: "Resolved" as const, outcome },
  },
  always: (row, { revision }) => ({ ...row, revision: Number(revision) }),
});
