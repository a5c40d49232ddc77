import { catalogue } from "./catalogue.js";
import { serviceGroups } from "./vocabulary.js";

/** Each service: its group, the pillar of the project, its type in HTCDS 2.0 and its code in Primero, as section 3.2 of the domain reference has them. */
const counted = `
Shelter Shelter 1 SocialCare safehouse_service
FoodNfi BasicNeeds 1 SocialCare food_service
HygieneKit BasicNeeds 1 SocialCare nfi_clothes_shoes_service
SafetyEscort Safety 2 SocialCare police_other_service
MedicalCare Health 2 Health health_medical_service
ReproductiveHealth Health 2 Health health_medical_service
HivPep Health 2 Health health_medical_service
PsychologicalFirstAid Psychosocial 2 Health psychosocial_service
IndividualCounselling Psychosocial 2 Health psychosocial_service
GroupCounselling Psychosocial 2 Health psychosocial_service
PsychiatricCare Psychosocial 2 Health psychosocial_service
LegalInformation Legal 2 Legal legal_assistance_service
LegalRepresentation Legal 2 Legal legal_assistance_service
CourtAccompaniment Legal 2 Legal legal_assistance_service
DocumentationSupport Documents 2 Legal registration_service
Interpretation PracticalHelp 2 SocialCare other_service
Transport PracticalHelp 2 SocialCare other_service
ChildCare PracticalHelp 2 SocialCare child_protection_service
Education Education 2 Education education_service
LifeSkills Education 2 Education education_service
VocationalTraining Education 3 Livelihood livelihoods_service
Livelihood Livelihood 3 Livelihood livelihoods_service
CashOrInKind Livelihood 3 Financial livelihoods_service
FamilyMediation Family 3 SocialCare family_mediation_service
FamilyTracing Family 3 SocialCare family_mediation_service
FamilyReunification Family 3 SocialCare family_seunification_service
ReturnAssistance Return 3 SocialCare other_service
ReintegrationAssistance Reintegration 3 SocialCare other_service
Other Other 2 SocialCare other_service
`;
test("every service is counted as its group, its pillar, and as others count it", () =>
  expect(
    Object.entries(catalogue).map(([name, { group, pillar, htcds, primero }]) => [name, group, pillar, htcds, primero].join(" ")),
  ).toEqual(counted.trim().split("\n")));

test("every group has a service", () =>
  expect(new Set(Object.values(catalogue).map(({ group }) => group))).toEqual(new Set(serviceGroups)));
