import { Code, Codes, Count, Inner, Key, Moment, Reference, Text, ViewOf, Words } from "#projection/declare/columns.js";
import { Sealed, SealedList, Shape, Structures } from "#projection/declare/shapes.js";
import { newest } from "#projection/declare/newest.js";
import { sealedPart, view } from "#projection/declare/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { cases } from "../cases.js";
import { knownFromCodes, type KnownFrom } from "../known-from.js";
import { riskArea as area } from "./areas.js";
import * as codes from "./vocabulary.js";

@Shape("SafetyMeasures")
class SafetyMeasures {
  @Words() measures!: string;
}
@Shape("RiskAccount")
class RiskAccount {
  @Words() fact!: string;
  @Words() type!: string;
  @Words() account!: string;
}
@Shape("CaseFlag")
class CaseFlag {
  @Text({ area }) flag!: string;
  @Code(codes.flagKinds, { area }) kind!: codes.FlagKind;
  @Moment({ area }) raisedAt!: string;
}

/** How much she is in danger, what is done about it, and what whoever opens her case must know first. */
@ViewOf("CaseSafety", { concerns: ["case", "id"] })
export class CaseSafetyView {
  @Key() id!: string;
  @Code(codes.riskLevels, { area, optional: true }) riskLevel!: codes.RiskLevel | null;
  @Codes(codes.riskReasons, { area }) reasons!: codes.RiskReason[];
  @Code(knownFromCodes, { area, optional: true, description: "From whom or what it is known" }) riskKnownFrom!: KnownFrom | null;
  @Moment({ area, optional: true }) assessedAt!: string | null;
  @Moment({ area, optional: true, description: "When it is looked at again" }) reviewBy!: string | null;
  @Count({ area, description: "Which version of the safety plan stands; 0: none was agreed" }) planVersion!: number;
  @Moment({ area, optional: true }) planReviewBy!: string | null;
  @Structures(CaseFlag) flags!: CaseFlag[];
  @Sealed("safety", SafetyMeasures) safetyPlan!: SealedPart | null;
  @SealedList("safety", RiskAccount, { description: "Of dangers and incidents, by the `fact` that told it" }) accounts!: SealedPart[];
  /** When these were told: riskLevel, safetyPlan. */
  @Inner() since!: Record<string, string>;
}

const nothingYet = (id: string): CaseSafetyView => ({
  ...{
    id,
    riskLevel: null,
    riskKnownFrom: null,
    reasons: [],
    assessedAt: null,
    reviewBy: null,
    planVersion: 0,
    planReviewBy: null,
    flags: [],
  },
  ...{ safetyPlan: null, accounts: [], since: {} },
});

export const caseSafetyView = view(cases)(CaseSafetyView, {
  version: 2,
  key: ({ streamId }) => streamId,
  project: {
    RiskAssessed: (row, fact) => {
      const { level, reasons, reviewBy, knownFrom = "Unknown" } = fact.data;
      const account = sealedPart(fact, "safety");
      const before = row ?? nothingYet(fact.streamId);
      const told = newest(before, "riskLevel", fact.at, {
        riskLevel: level,
        riskKnownFrom: knownFrom,
        reasons,
        assessedAt: fact.at,
        reviewBy,
      });
      return account ? { ...told, accounts: [...told.accounts, account] } : told;
    },
    SecurityIncidentReported: (row, fact) => {
      const account = sealedPart(fact, "safety");
      const before = row ?? nothingYet(fact.streamId);
      return account ? { ...before, accounts: [...before.accounts, account] } : row;
    },
    SafetyPlanAgreed: (row, fact) => {
      const plan = { planVersion: fact.data.version, planReviewBy: fact.data.reviewBy, safetyPlan: sealedPart(fact, "safety") };
      return newest(row ?? nothingYet(fact.streamId), "safetyPlan", fact.at, plan);
    },
    FlagRaised: (row, { streamId, at, data: { flag, kind } }) => {
      const before = row ?? nothingYet(streamId);
      return { ...before, flags: [...before.flags, { flag, kind, raisedAt: at }] };
    },
    FlagLowered: (row, { data: { flag } }) => row && { ...row, flags: row.flags.filter((each) => each.flag !== flag) },
  },
});

/** Something that endangered her, and what became of it. */
@ViewOf("SecurityIncident", {
  about: ["case", "caseId"],
  concerns: ["case", "caseId"],
  indexes: [
    ["happenedAt", "id"],
    ["caseId", "happenedAt", "id"],
    ["severity", "happenedAt", "id"],
  ],
})
export class SecurityIncidentView {
  @Key() id!: string;
  @Reference({ area }) caseId!: string;
  @Text({ area, description: "What was told of it has the same `fact` in the record of her case" }) fact!: string;
  @Code(codes.incidentKinds, { area }) kind!: codes.IncidentKind;
  @Code(codes.incidentSeverities, { area }) severity!: codes.IncidentSeverity;
  @Code(knownFromCodes, { area, description: "From whom or what it is known" }) knownFrom!: KnownFrom;
  @Moment({ area }) happenedAt!: string;
  @Text({ area, description: "Who reported it" }) reportedBy!: string;
  @Moment({ area, optional: true, description: "Null: it is not settled" }) resolvedAt!: string | null;
  @Code(codes.incidentOutcomes, { area, optional: true }) outcome!: codes.IncidentOutcome | null;
}

export const securityIncidentView = view(cases)(SecurityIncidentView, {
  version: 2,
  key: ({ id, data }) => ("incident" in data ? data.incident : id),
  project: {
    SecurityIncidentReported: (_, fact) => ({
      ...{
        id: fact.data.incident,
        caseId: fact.streamId,
        fact: fact.id,
        kind: fact.data.kind,
        severity: fact.data.severity,
        knownFrom: fact.data.knownFrom ?? "Unknown",
        happenedAt: fact.at,
      },
      ...{ reportedBy: fact.metadata.by.id, resolvedAt: null, outcome: null },
    }),
    SecurityIncidentResolved: (row, { at, data: { outcome } }) => row && { ...row, resolvedAt: at, outcome },
  },
});
