import type { ConsentFact } from "../consent/consents.js";
import type { IntakeFact } from "../intake/intake.js";
import type { DeliverService } from "./delivering.js";
import type { ServiceFact } from "./services.js";
import type { ServiceGroup } from "./vocabulary.js";

// What the examples of this topic have in common

export const now = "2026-01-10T08:00:00.000Z";
export const until = "2027-01-10T08:00:00.000Z";

export const opened = (ageBand: "21-29" | "9-17" = "21-29"): IntakeFact => ({
  type: "CaseOpened",
  data: { subject: "p-1", source: "Police", urgency: "Routine", region: "Kigoma", sex: "Female", ageBand },
});
export const consent = (...serviceGroups: ServiceGroup[]): ConsentFact => ({
  type: "ConsentGiven",
  data: {
    ...{ consentId: "c-1", purpose: "ServiceDelivery", recipients: ["o-1"], dataClasses: ["health"], serviceGroups, expiresAt: until },
    ...{ givenBy: "self", evidence: "Signature" },
  },
});
export const withdrawn: ConsentFact = { type: "ConsentWithdrawn", data: { consentId: "c-1" } };
export const refused = (by: "self" | "guardian" = "self"): ConsentFact => ({
  type: "ConsentRefused",
  data: { purpose: "ServiceDelivery", refusedBy: by },
});
export const emergency: ConsentFact = {
  type: "EmergencyProcessingInvoked",
  data: {
    ...{ emergency: "e-1", vitalInterest: "MedicalEmergency", authorisedBy: "salma", reviewBy: "2026-01-11T08:00:00.000Z" },
    confirmBy: "2026-01-11T08:00:00.000Z",
  },
};
export const requested = (group: ServiceGroup = "Health", service = "s-1"): ServiceFact => ({
  type: "ServiceRequested",
  data: { service, group },
});
export const delivered = (group: ServiceGroup = "Health", service = "id-1"): ServiceFact => ({
  type: "ServiceDelivered",
  data: { service, group },
});
export const declined = (group: ServiceGroup, service?: string): ServiceFact => ({
  type: "ServiceDeclined",
  data: service === undefined ? { group } : { group, service },
});
export const ask = (group: ServiceGroup, over: Partial<DeliverService> = {}) => ({ group, ...over });
