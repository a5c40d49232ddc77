import { Code, Codes, Key, Moment, Reference, References, Structure, ViewOf } from "#projection/columns.js";
import { view } from "#projection/view.js";
import { cases } from "../cases.js";
import { dataClasses, givers, purposes, type DataClass, type Giver, type Purpose } from "../vocabulary.js";

const statuses = ["Given", "Narrowed", "Withdrawn"] as const;

/** The consent register: every consent ever given, with what became of it. One that has expired has `expiresAt` behind it. */
@ViewOf("Consent", {
  about: ["case", "caseId"],
  indexes: [
    ["expiresAt", "id"],
    ["caseId", "expiresAt", "id"],
    ["purpose", "expiresAt", "id"],
    ["status", "expiresAt", "id"],
  ],
})
export class ConsentView {
  @Key() id!: string;
  @Reference({ area: "consent" }) caseId!: string;
  @Code(purposes, { area: "consent" }) purpose!: Purpose;
  @References({ area: "consent" }) recipients!: string[];
  @Codes(dataClasses, { area: "consent" }) dataClasses!: DataClass[];
  @Code(givers, { area: "consent" }) givenBy!: Giver;
  @Moment({ area: "consent" }) givenAt!: string;
  @Moment({ area: "consent" }) expiresAt!: string;
  @Code(statuses, { area: "consent" }) status!: (typeof statuses)[number];
  @Moment({ area: "consent", optional: true }) withdrawnAt!: string | null;
  @Structure({ area: "consent", optional: true, description: "What it was before it was narrowed" }) before!: object | null;
}

export const consentView = view(cases)(ConsentView, {
  version: 1,
  // A withdrawal that is left out would pass her data on against her word.
  onPoison: "stop",
  key: (fact) => ("consentId" in fact.data ? fact.data.consentId : fact.id),
  project: {
    ConsentGiven: (_, { streamId, at, data: { consentId, purpose, recipients, dataClasses, givenBy, expiresAt } }) => ({
      ...{ id: consentId, caseId: streamId, purpose, recipients, dataClasses, givenBy, givenAt: at, expiresAt },
      ...{ status: "Given" as const, withdrawnAt: null, before: null },
    }),
    ConsentNarrowed: (row, { data: { recipients, dataClasses, expiresAt } }) =>
      row && {
        ...row,
        ...{ recipients, dataClasses, expiresAt, status: "Narrowed" as const },
        before: { recipients: row.recipients, dataClasses: row.dataClasses, expiresAt: row.expiresAt },
      },
    ConsentWithdrawn: (row, { at }) => row && { ...row, status: "Withdrawn" as const, withdrawnAt: at },
  },
});
