import { Code, Codes, Count, Inner, Key, Moment, Text, ViewOf, Words } from "#projection/declare/columns.js";
import { newest, withPart } from "#projection/declare/newest.js";
import { Sealed, Shape, Structures } from "#projection/declare/shapes.js";
import { view } from "#projection/declare/view.js";
import { inserted } from "#kernel/in-time.js";
import type { SealedPart } from "#seal/sealed.js";
import { cases } from "../cases.js";
import { serviceArea } from "../services/areas.js";
import { serviceGroups, type ServiceGroup } from "../services/vocabulary.js";
import * as codes from "../vocabulary.js";

@Shape("Determination")
class Determination {
  @Moment({ area: "case" }) at!: string;
  @Code(codes.traffickingStatuses, { area: "case" }) status!: codes.TraffickingStatus;
  @Code(codes.decidingOrganisations, { area: "screening" }) decidedBy!: codes.DecidingOrganisation;
  @Code(codes.decisionBases, { area: "screening" }) basis!: codes.DecisionBasis;
  @Text({ area: "screening", optional: true, description: "The number of the document, where the police or a court decided" }) document?:
    string | undefined;
  @Code(codes.traffickingStatuses, { area: "case", description: "The status before, which it supersedes" })
  supersedes?: codes.TraffickingStatus;
}

@Shape("ReferralOn")
class ReferralOn {
  @Moment({ area: "case" }) at!: string;
  @Text({ area: serviceArea, optional: true, description: "The code of the organisation; null: she declined" }) organisation!:
    string | null;
  @Code(serviceGroups, { area: serviceArea, optional: true, description: "For which help" }) group!: ServiceGroup | null;
}

@Shape("Account")
class Account {
  @Words() account!: string;
}

@Shape("PerpetratorDescription")
class PerpetratorDescription {
  @Words() description!: string;
}

/** What the screening has found, as it was completed last, and every decision on her status. */
@ViewOf("CaseScreening", { concerns: ["case", "id"] })
export class CaseScreeningView {
  @Key() id!: string;
  @Moment({ area: "screening", optional: true }) completedAt!: string | null;
  @Count({ area: "screening", optional: true }) formVersion!: number | null;
  @Codes(codes.acts, { area: "screening", description: "What was done" }) acts!: codes.Act[];
  @Codes(codes.means, { area: "screening", description: "How: of no matter for a child" }) means!: codes.Means[];
  @Codes(codes.exploitations, { area: "screening", description: "What for" }) exploitations!: codes.Exploitation[];
  @Codes(codes.methodsOfControl, { area: "screening" }) methodsOfControl!: codes.MethodOfControl[];
  @Code(codes.relationships, { area: "screening", optional: true }) relationshipToTrafficker!: codes.Relationship | null;
  @Structures(Determination, { description: "Every decision, in order of time; a later one supersedes, and erases nothing" })
  determinations!: Determination[];
  @Moment({ area: "case", optional: true, description: "When she was first found possibly to be a victim" }) possibleAt!: string | null;
  @Moment({ area: "case", optional: true, description: "When she was first found to be one" }) confirmedAt!: string | null;
  @Structures(ReferralOn, { description: "Where she was referred to after she was found not to be a victim, in order of time" })
  referrals!: ReferralOn[];
  @Sealed("narrative", Account, { description: "What she told" }) account!: SealedPart | null;
  @Sealed("perpetrator", PerpetratorDescription) perpetrator!: SealedPart | null;
  /** When these were told: findings, account, perpetrator. */
  @Inner() since!: Record<string, string>;
}

const nothingYet = (id: string): CaseScreeningView => ({
  id,
  completedAt: null,
  formVersion: null,
  acts: [],
  means: [],
  exploitations: [],
  methodsOfControl: [],
  relationshipToTrafficker: null,
  determinations: [],
  possibleAt: null,
  confirmedAt: null,
  referrals: [],
  account: null,
  perpetrator: null,
  since: {},
});

const firstFound = (determinations: readonly Determination[], status: codes.TraffickingStatus): string | null =>
  determinations.find((each) => each.status === status)?.at ?? null;

/** Possible and confirmed are told apart, each with its own date. */
const decided = (row: CaseScreeningView, one: Determination): CaseScreeningView => {
  const determinations = [...inserted(row.determinations, one)];
  const possibleAt = firstFound(determinations, "PossibleVictimOfTrafficking");
  return { ...row, determinations, possibleAt, confirmedAt: firstFound(determinations, "ActualVictimOfTrafficking") };
};

const referred = (row: CaseScreeningView, one: ReferralOn): CaseScreeningView => ({ ...row, referrals: [...inserted(row.referrals, one)] });

export const caseScreeningView = view(cases)(CaseScreeningView, {
  version: 3,
  key: ({ streamId }) => streamId,
  project: {
    ScreeningCompleted: (row, fact) => {
      const { removed: _, relationshipToTrafficker = null, ...findings } = fact.data;
      const told = { ...findings, relationshipToTrafficker, completedAt: fact.at };
      const found = newest(row ?? nothingYet(fact.streamId), "findings", fact.at, told);
      return withPart(withPart(found, "account", fact, "narrative"), "perpetrator", fact, "perpetrator");
    },
    TraffickingStatusDetermined: (row, { streamId, at, data }) => decided(row ?? nothingYet(streamId), { at, ...data }),
    TraffickingStatusRevised: (row, { streamId, at, data }) => decided(row ?? nothingYet(streamId), { at, ...data }),
    ReferredOn: (row, { streamId, at, data }) => referred(row ?? nothingYet(streamId), { at, ...data }),
    ReferralOnDeclined: (row, { streamId, at }) => referred(row ?? nothingYet(streamId), { at, organisation: null, group: null }),
  },
});
