import { Code, Codes, Inner, Key, Moment, Reference, References, ViewOf } from "#projection/declare/columns.js";
import { earlier, inserted } from "#kernel/in-time.js";
import { Shape, Structure } from "#projection/declare/shapes.js";
import { view } from "#projection/declare/view.js";
import { cases } from "../cases.js";
import { saidAt, scopeOf, type SaidScope } from "./consents.js";
import { serviceGroups, type ServiceGroup } from "../services/vocabulary.js";
import {
  consentStatuses,
  dataClasses,
  givers,
  purposes,
  type ConsentStatus,
  type DataClass,
  type Giver,
  type Purpose,
} from "../vocabulary.js";

@Shape("ConsentScope")
class ConsentScope {
  @References({ area: "consent" }) recipients!: readonly string[];
  @Codes(dataClasses, { area: "consent" }) dataClasses!: readonly DataClass[];
  @Codes(serviceGroups, { area: "consent" }) serviceGroups!: readonly ServiceGroup[];
  @Moment({ area: "consent" }) expiresAt!: string;
}

/** The consent register: every consent ever given, with what became of it. One that has expired says so, some seconds after its time. */
@ViewOf("Consent", {
  about: ["case", "caseId"],
  concerns: ["case", "caseId"],
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
  @Codes(serviceGroups, { area: "consent", description: "To which help, where it is a consent to be helped" })
  serviceGroups!: ServiceGroup[];
  @Code(givers, { area: "consent" }) givenBy!: Giver;
  @Moment({ area: "consent" }) givenAt!: string;
  @Moment({ area: "consent" }) expiresAt!: string;
  @Code(consentStatuses, { area: "consent" }) status!: ConsentStatus;
  @Moment({ area: "consent", optional: true }) withdrawnAt!: string | null;
  @Structure(ConsentScope, { optional: true, description: "What it was before it was narrowed last" }) before!: ConsentScope | null;
  /** What she said of it, in order of time: as given, and each time it was made less. */
  @Inner() said!: SaidScope[];
}

const asSaid = ({ recipients, dataClasses, serviceGroups, expiresAt }: Omit<SaidScope, "at">) => ({
  ...{ recipients: [...recipients], dataClasses: [...dataClasses] },
  ...{ serviceGroups: [...serviceGroups], expiresAt },
});

/** What is left of it, and of what it was before. */
const narrowed = (row: ConsentView, scope: SaidScope): ConsentView => {
  const said = [...inserted(row.said, scope)];
  const status = row.withdrawnAt ? "Withdrawn" : row.status === "Expired" ? "Expired" : "Narrowed";
  return { ...row, ...asSaid(scopeOf(said)), said, before: asSaid(scopeOf(said.slice(0, -1))), status };
};

export const consentView = view(cases)(ConsentView, {
  version: 4,
  // A withdrawal that is left out would pass her data on against her word.
  onPoison: "stop",
  key: (fact) => ("consentId" in fact.data ? fact.data.consentId : fact.id),
  project: {
    ConsentGiven: (_, { streamId, at, data: { consentId, givenBy, ...scope } }) => {
      const said = saidAt(at, scope);
      return {
        ...{ id: consentId, caseId: streamId, purpose: scope.purpose, givenBy, givenAt: at },
        ...{ status: "Given" as const, withdrawnAt: null, before: null, said: [said], ...asSaid(said) },
      };
    },
    ConsentNarrowed: (row, { at, data: { consentId: _, ...scope } }) =>
      row && narrowed(row, saidAt(at, { purpose: row.purpose, ...scope })),
    ConsentExpired: (row) => row && (row.withdrawnAt ? row : { ...row, status: "Expired" as const }),
    ConsentWithdrawn: (row, { at }) => row && { ...row, status: "Withdrawn" as const, withdrawnAt: earlier(row.withdrawnAt, at) },
  },
});
