import { IsIn, IsString, Matches } from "class-validator";
import { requireApprover } from "#access/approvals.js";
import { Described } from "#kernel/described.js";
import { require, requireNotBefore, type Context, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { emergencyRefusals, type EmergencyRefusal } from "../vocabulary.js";
import { awaitsConfirmation, type EmergencyFact, type EmergencyProcessing } from "./emergencies.js";

// Requests

@Refuses(
  ...["AlreadyRefused", "AlreadyReviewed", "ApproverIsRequester", "ApproverOfAnotherRole", "ApproverOfOwnOrganisation"],
  ...["ConfirmationTooLate", "EmergencyUnknown", "NotTheAuthoriser"],
)
export class ConfirmEmergencyProcessing {
  @Described("Which one") @IsString() @Matches(/^[\w:.-]{1,40}$/, { message: "$property must be what names it" }) emergency!: string;
}
@Refuses(
  ...["AlreadyConfirmed", "AlreadyReviewed", "ApproverIsRequester", "ApproverOfAnotherRole", "ApproverOfOwnOrganisation"],
  ...["ConfirmationTooLate", "EmergencyUnknown", "NotTheAuthoriser"],
)
export class RefuseEmergencyProcessing {
  @Described("Which one") @IsString() @Matches(/^[\w:.-]{1,40}$/, { message: "$property must be what names it" }) emergency!: string;
  @Described("Why she does not authorise it") @IsIn(emergencyRefusals) reason!: EmergencyRefusal;
}

// Rules

type Known = { consents: { emergencies: readonly EmergencyProcessing[] } };

/** The emergency that somebody is asked to authorise: she, and nobody in her place. */
function authorisedBy({ consents: { emergencies } }: Known, emergency: string, { actor, at }: Context): EmergencyProcessing {
  const found = emergencies.find(({ id }) => id === emergency);
  require(found, "EmergencyUnknown");
  requireApprover("emergency", { requestedBy: found.by }, actor);
  require(found.authorisedBy === actor.id, "NotTheAuthoriser");
  requireNotBefore(at, found.from);
  return found;
}

/** Said in time, by the clock of now: what is said later has let nothing happen. */
function requireInTime({ finding, confirmation, confirmBy }: EmergencyProcessing, now: string): void {
  require(finding !== "NotJustified", "AlreadyReviewed");
  require(confirmation !== "Lapsed" && (confirmBy === null || now < confirmBy), "ConfirmationTooLate");
}

/**
 * An emergency has an authoriser and a requester who are two, by the authoriser's own word (section 7b of the domain reference, 20). Where no life
 * is at stake it allows what it allows from now on, whenever she is said to have said so. One that needs no confirmation has it already.
 */
export const confirmEmergencyProcessing: Rule<Known, ConfirmEmergencyProcessing, EmergencyFact> = (state, { emergency }, context) => {
  const found = authorisedBy(state, emergency, context);
  if (found.confirmation === "Confirmed" || found.confirmBy === null) return [];
  require(found.confirmation !== "Refused", "AlreadyRefused");
  requireInTime(found, context.now);
  return [{ type: "EmergencyProcessingConfirmed", data: { emergency, confirmedAt: context.now } }];
};

/** It allows nothing from then on. What it allowed until then is reviewed all the same. */
export const refuseEmergencyProcessing: Rule<Known, RefuseEmergencyProcessing, EmergencyFact> = (state, { emergency, reason }, context) => {
  const found = authorisedBy(state, emergency, context);
  if (found.confirmation === "Refused") return [];
  require(found.confirmation !== "Confirmed" && found.confirmBy !== null, "AlreadyConfirmed");
  requireInTime(found, context.now);
  return [{ type: "EmergencyProcessingRefused", data: { emergency, reason } }];
};

/** What whoever was named has not confirmed in time. It allows nothing since, whether or not that is on record. */
export const lapseEmergencyProcessing: Rule<Known, { emergency: string }, EmergencyFact> = (
  { consents: { emergencies } },
  { emergency },
  { now },
) => {
  const found = emergencies.find(({ id }) => id === emergency);
  const isOver = found && awaitsConfirmation(found) && found.confirmBy! <= now;
  return isOver ? [{ type: "EmergencyProcessingLapsed", data: { emergency } }] : [];
};
