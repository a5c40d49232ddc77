import { inserted } from "#kernel/in-time.js";
import { slice, type Instant } from "#kernel/kernel.js";
import { fromUnknown, type KnownFrom } from "../known-from.js";
import type { FlagKind, IncidentKind, IncidentOutcome, IncidentSeverity, RiskLevel, RiskReason } from "./vocabulary.js";

// Facts

type Account<Field extends string> = Record<string, { safety: Record<Field, string> }> | undefined;
export type SafetyFact =
  | {
      type: "RiskAssessed";
      data: {
        level: RiskLevel;
        before?: RiskLevel | undefined;
        reasons: RiskReason[];
        reviewBy: Instant;
        knownFrom?: KnownFrom | undefined;
      };
      personal?: Account<"account">;
    }
  | { type: "SafetyPlanAgreed"; data: { version: number; reviewBy: Instant }; personal: Record<string, { safety: { measures: string } }> }
  | {
      type: "SecurityIncidentReported";
      data: { incident: string; kind: IncidentKind; severity: IncidentSeverity; knownFrom?: KnownFrom | undefined };
      personal?: Account<"account">;
    }
  | { type: "SecurityIncidentResolved"; data: { incident: string; outcome: IncidentOutcome } }
  | { type: "FlagRaised"; data: { flag: string; kind: FlagKind } }
  | { type: "FlagLowered"; data: { flag: string } };

// State

export interface Safety {
  /** In order of time. */
  readonly risks: readonly { readonly at: Instant; readonly level: RiskLevel }[];
  /** How often a safety plan was agreed. */
  readonly plans: number;
  readonly incidents: readonly { readonly incident: string; readonly resolved: boolean }[];
  readonly flags: readonly { readonly flag: string; readonly kind: FlagKind; readonly lowered: boolean }[];
}

export const safety = slice<SafetyFact>()<Safety>(
  { risks: [], plans: 0, incidents: [], flags: [] },
  {
    RiskAssessed: (state, { level }, { at }) => ({ ...state, risks: inserted(state.risks, { at, level }) }),
    SafetyPlanAgreed: (state) => ({ ...state, plans: state.plans + 1 }),
    SecurityIncidentReported: (state, { incident }) => ({ ...state, incidents: [...state.incidents, { incident, resolved: false }] }),
    SecurityIncidentResolved: (state, { incident }) => ({
      ...state,
      incidents: state.incidents.map((each) => (each.incident === incident ? { incident, resolved: true } : each)),
    }),
    FlagRaised: (state, { flag, kind }) => ({ ...state, flags: [...state.flags, { flag, kind, lowered: false }] }),
    FlagLowered: (state, { flag }) => ({
      ...state,
      flags: state.flags.map((each) => (each.flag === flag ? { ...each, lowered: true } : each)),
    }),
  },
  { RiskAssessed: [fromUnknown], SecurityIncidentReported: [fromUnknown] },
  { RiskAssessed: [], SecurityIncidentReported: [], SecurityIncidentResolved: [], FlagRaised: [], FlagLowered: [] },
);
