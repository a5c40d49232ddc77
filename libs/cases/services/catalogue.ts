import type { DataClass } from "../vocabulary.js";
import type { HealthService, OpenService, PsychosocialService, ServiceGroup } from "./vocabulary.js";

export type Service = OpenService | HealthService | PsychosocialService;

/** A service as others count it: the pillar of the project, HTCDS 2.0 (`spl_Type`, IOM, CC BY 4.0), and Primero (`lookup-service-type`). */
interface Catalogued {
  readonly group: ServiceGroup;
  readonly pillar: 1 | 2 | 3;
  readonly htcds: "Education" | "Financial" | "Health" | "Legal" | "Livelihood" | "SocialCare";
  readonly primero: string;
}

const entry = (group: ServiceGroup, pillar: 1 | 2 | 3, htcds: Catalogued["htcds"], primero: string): Catalogued => ({
  group,
  pillar,
  htcds,
  primero,
});

/** Every service there is. The spelling of Primero's code for reunification is Primero's. */
export const catalogue: Readonly<Record<Service, Catalogued>> = {
  Shelter: entry("Shelter", 1, "SocialCare", "safehouse_service"),
  FoodNfi: entry("BasicNeeds", 1, "SocialCare", "food_service"),
  HygieneKit: entry("BasicNeeds", 1, "SocialCare", "nfi_clothes_shoes_service"),
  SafetyEscort: entry("Safety", 2, "SocialCare", "police_other_service"),
  MedicalCare: entry("Health", 2, "Health", "health_medical_service"),
  ReproductiveHealth: entry("Health", 2, "Health", "health_medical_service"),
  HivPep: entry("Health", 2, "Health", "health_medical_service"),
  PsychologicalFirstAid: entry("Psychosocial", 2, "Health", "psychosocial_service"),
  IndividualCounselling: entry("Psychosocial", 2, "Health", "psychosocial_service"),
  GroupCounselling: entry("Psychosocial", 2, "Health", "psychosocial_service"),
  PsychiatricCare: entry("Psychosocial", 2, "Health", "psychosocial_service"),
  LegalInformation: entry("Legal", 2, "Legal", "legal_assistance_service"),
  LegalRepresentation: entry("Legal", 2, "Legal", "legal_assistance_service"),
  CourtAccompaniment: entry("Legal", 2, "Legal", "legal_assistance_service"),
  DocumentationSupport: entry("Documents", 2, "Legal", "registration_service"),
  Interpretation: entry("PracticalHelp", 2, "SocialCare", "other_service"),
  Transport: entry("PracticalHelp", 2, "SocialCare", "other_service"),
  ChildCare: entry("PracticalHelp", 2, "SocialCare", "child_protection_service"),
  Education: entry("Education", 2, "Education", "education_service"),
  LifeSkills: entry("Education", 2, "Education", "education_service"),
  VocationalTraining: entry("Education", 3, "Livelihood", "livelihoods_service"),
  Livelihood: entry("Livelihood", 3, "Livelihood", "livelihoods_service"),
  CashOrInKind: entry("Livelihood", 3, "Financial", "livelihoods_service"),
  FamilyMediation: entry("Family", 3, "SocialCare", "family_mediation_service"),
  FamilyTracing: entry("Family", 3, "SocialCare", "family_mediation_service"),
  FamilyReunification: entry("Family", 3, "SocialCare", "family_seunification_service"),
  ReturnAssistance: entry("Return", 3, "SocialCare", "other_service"),
  ReintegrationAssistance: entry("Reintegration", 3, "SocialCare", "other_service"),
  Other: entry("Other", 2, "SocialCare", "other_service"),
};

/** Shelter, food and safety depend on no consent at all. */
export const needsNoConsent: readonly ServiceGroup[] = ["Shelter", "BasicNeeds", "Safety"];

/** Consents of before groups were named: the classes of data that they allowed tell which services they were for. */
const byClass: Partial<Record<DataClass, readonly ServiceGroup[]>> = {
  health: ["Health"],
  psychosocial: ["Psychosocial"],
  legal: ["Legal", "Documents"],
  narrative: ["PracticalHelp", "Education", "Livelihood", "Family", "Return", "Reintegration", "Other"],
};
export const groupsByClasses = (classes: readonly DataClass[]): ServiceGroup[] => classes.flatMap((each) => byClass[each] ?? []);
