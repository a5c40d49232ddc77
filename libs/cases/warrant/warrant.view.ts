import { Code, Codes, Key, Moment, Reference, Text, ViewOf } from "#projection/declare/columns.js";
import { view } from "#projection/declare/view.js";
import { cases } from "../cases.js";
import { warrantArea as area } from "./areas.js";
import { warrantAreas, warrantReasons, type WarrantArea, type WarrantReason } from "./vocabulary.js";

/** Who may read the content of a case by a warrant, or might. */
@ViewOf("Warrant", {
  about: ["case", "caseId"],
  concerns: ["case", "caseId"],
  indexes: [
    ["issuedAt", "id"],
    ["caseId", "issuedAt", "id"],
    ["holder", "issuedAt", "id"],
  ],
})
export class WarrantView {
  @Key() id!: string;
  @Reference({ area }) caseId!: string;
  @Text({ area, description: "Who may read by it" }) holder!: string;
  @Text({ area, description: "Who issued it" }) issuedBy!: string;
  @Codes(warrantAreas, { area, description: "What it opens" }) areas!: WarrantArea[];
  @Code(warrantReasons, { area }) reason!: WarrantReason;
  @Moment({ area }) issuedAt!: string;
  @Moment({ area }) until!: string;
  @Moment({ area, optional: true, description: "When it was revoked; null: it was not" }) revokedAt!: string | null;
}

export const warrantView = view(cases)(WarrantView, {
  version: 1,
  key: ({ id, data }) => ("warrant" in data ? data.warrant : id),
  project: {
    WarrantIssued: (_, { streamId, at, metadata, data: { warrant, holder, areas, reason, until } }) => ({
      ...{ id: warrant, caseId: streamId, holder, issuedBy: metadata.by.id, areas, reason },
      ...{ issuedAt: at, until, revokedAt: null },
    }),
    WarrantRevoked: (row, { at }) => row && { ...row, revokedAt: at },
  },
});
