import { ArrayMaxSize, IsArray, IsIn, IsString, Matches, MaxLength } from "class-validator";
import { Personal } from "#access/personal.js";
import { Described } from "#kernel/described.js";
import { require, slice, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { Optional } from "#platform/values/optional.js";
import { accountArea } from "./areas.js";
import {
  complaintCategories,
  complaintChannels,
  complaintFindings,
  complaintOutcomes,
  type ComplaintCategory,
  type ComplaintChannel,
  type ComplaintFinding,
  type ComplaintOutcome,
  type ComplaintStatus,
} from "./vocabulary.js";

// Facts

export type ComplaintFact =
  | {
      type: "ComplaintReceived";
      data: { subject: string; category: ComplaintCategory; channel: ComplaintChannel };
      personal?: Record<string, { complaintAccount: { account: string } }> | undefined;
    }
  /** Somebody, a house or an organisation that it is about: a wall, from then on. */
  | { type: "ConcernedNamed"; data: { concerned: string } }
  | { type: "ComplaintAcknowledged"; data: object }
  | { type: "ComplaintInvestigated"; data: { finding: ComplaintFinding } }
  | { type: "ComplaintResolved"; data: { outcome: ComplaintOutcome } };

// State

export interface Complaint {
  /** The subject of the personal data in it; empty before it is received. */
  readonly subject: string;
  readonly receivedAt: Instant | null;
  readonly status: ComplaintStatus | null;
  /** The organisation whose worker took it. */
  readonly organisation: string | null;
  readonly concerned: readonly string[];
}

export const complaint = slice<ComplaintFact>()<Complaint>(
  { subject: "", receivedAt: null, status: null, organisation: null, concerned: [] },
  {
    ComplaintReceived: (state, { subject }, { at, by }) => ({
      ...state,
      subject,
      receivedAt: at,
      status: "Received",
      organisation: by.organisation ?? null,
    }),
    ConcernedNamed: (state, { concerned }) => ({ ...state, concerned: [...state.concerned, concerned] }),
    ComplaintAcknowledged: (state) => ({ ...state, status: "Acknowledged" }),
    ComplaintInvestigated: (state) => ({ ...state, status: "Investigated" }),
    ComplaintResolved: (state) => ({ ...state, status: "Resolved" }),
  },
);

// Requests

const anId = { message: "$property must be the id of a person, a house or an organisation, of letters, digits and | : . - _" };
const isAnId = (each = false) => Matches(/^[\w|:.-]{1,100}$/, { ...anId, each });

@Refuses("ComplaintAlreadyFiled", "ConcernedMissing")
export class FileComplaint {
  @Described("What it is about") @IsIn(complaintCategories) category!: ComplaintCategory;
  @Described("How it was made") @IsIn(complaintChannels) channel!: ComplaintChannel;

  @Described("The case from which it comes") @IsArray() @ArrayMaxSize(10) @IsString({ each: true }) @isAnId(true) about!: string[];
  @Optional() @Personal(accountArea) @IsString() @MaxLength(8000) account?: string;
}
export class NameConcerned {
  @Described("The id of whoever it concerns: walled off from it from now on") @IsString() @isAnId() concerned!: string;
}
export class AcknowledgeComplaint {}
@Refuses("ComplaintAlreadyResolved", "ComplaintNotAcknowledged")
export class ConcludeInvestigation {
  @Described("What was found") @IsIn(complaintFindings) finding!: ComplaintFinding;
}
@Refuses("ComplaintNotInvestigated")
export class ResolveComplaint {
  @Described("What follows from it") @IsIn(complaintOutcomes) outcome!: ComplaintOutcome;
}

// Rules

type State = { complaint: Complaint };

const named = (concerned: string): ComplaintFact => ({ type: "ConcernedNamed", data: { concerned } });

/** Taken as it comes; what is about somebody says about whom, so that she is walled off from the first moment (section 7, 4 of the field's reference). */
export const fileComplaint: Rule<State, FileComplaint, ComplaintFact> = ({ complaint: { receivedAt } }, request, { newId }) => {
  const { category, channel, about, account } = request;
  require(receivedAt === null, "ComplaintAlreadyFiled");
  require(category === "Service" || about.length > 0, "ConcernedMissing");
  const subject = newId();
  const personal = account === undefined ? undefined : { [subject]: { complaintAccount: { account } } };
  return [{ type: "ComplaintReceived", data: { subject, category, channel }, personal }, ...[...new Set(about)].map(named)];
};

/** Whoever turns out to be concerned is walled off as soon as that is known. */
export const nameConcerned: Rule<State, NameConcerned, ComplaintFact> = ({ complaint: { concerned: known } }, { concerned }) =>
  known.includes(concerned) ? [] : [named(concerned)];

export const acknowledgeComplaint: Rule<State, AcknowledgeComplaint, ComplaintFact> = ({ complaint: { status } }) =>
  status === "Received" ? [{ type: "ComplaintAcknowledged", data: {} }] : [];

/** Whoever complained knows that she was heard before anything is found. */
export const concludeInvestigation: Rule<State, ConcludeInvestigation, ComplaintFact> = ({ complaint: { status } }, { finding }) => {
  require(status !== "Received", "ComplaintNotAcknowledged");
  require(status !== "Resolved", "ComplaintAlreadyResolved");
  return [{ type: "ComplaintInvestigated", data: { finding } }];
};

export const resolveComplaint: Rule<State, ResolveComplaint, ComplaintFact> = ({ complaint: { status } }, { outcome }) => {
  if (status === "Resolved") return [];
  require(status === "Investigated", "ComplaintNotInvestigated");
  return [{ type: "ComplaintResolved", data: { outcome } }];
};
