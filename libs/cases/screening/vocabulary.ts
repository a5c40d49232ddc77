/** HTCDS 2.0 (IOM, CC BY 4.0), `vic_MethodOfRecruitment`. */
export const recruitmentMethods = [
  "AtAPlaceOfBusiness",
  "AtAnEducationalInstitution",
  "AtWork",
  "ThroughOnlineSocialNetworks",
  "ThroughAnOnlineAdvertisement",
  "ThroughATelevisionAdvert",
  "ThroughANewspaperAdvert",
  "ThroughFamilyOrFamilyEvents",
  "ThroughFriendsOrSocialEvents",
  "Other",
] as const;
export type RecruitmentMethod = (typeof recruitmentMethods)[number];
/** HTCDS 2.0, `vic_ForcedLabourIndustry`: the sections of ISIC, revision 4. */
export const industries = [
  "A_AgricultureForestryAndFishing",
  "B_MiningAndQuarrying",
  "C_Manufacturing",
  "D_ElectricityGasSteamAndAirConditioningSupply",
  "E_WaterSupplySewerageWasteManagement",
  "F_Construction",
  "G_WholesaleAndRetailTradeRepairOfMotorVehicles",
  "H_TransportationAndStorage",
  "I_AccommodationAndFoodServiceActivities",
  "J_InformationAndCommunication",
  "K_FinancialAndInsuranceActivities",
  "L_RealEstateActivities",
  "M_ProfessionalScientificAndTechnicalActivities",
  "N_AdministrativeAndSupportServiceActivities",
  "O_PublicAdministrationAndDefence",
  "P_Education",
  "Q_HumanHealthAndSocialWorkActivities",
  "R_ArtsEntertainmentAndRecreation",
  "S_OtherServiceActivities",
  "T_ActivitiesOfHouseholdsAsEmployers",
  "U_ActivitiesOfExtraterritorialOrganizations",
] as const;
export type Industry = (typeof industries)[number];
/** The divisions of ISIC's section A: CTDC counts division 01 alone as agriculture, and on Lake Victoria fishing has to be told apart. */
export const landIndustries = ["A01_CropAndAnimalProduction", "A02_ForestryAndLogging", "A03_FishingAndAquaculture"] as const;
export type LandIndustry = (typeof landIndustries)[number];
/** HTCDS 2.0, `vic_TypeOfSexExploitation`. The bare name tells of somebody's sexual life: it is sealed wherever it stands. */
export const sexualExploitations = ["Prostitution", "Pornography", "RemoteInteractiveServices", "PrivateSexualServices"] as const;
export type SexualExploitation = (typeof sexualExploitations)[number];
/** HTCDS 2.0, `vic_RecruitmentWebsitesAndApps` and `vic_ExploitationWebsitesAndApps`. */
export const websites = [
  "Facebook",
  "Instagram",
  "WhatsApp",
  "Telegram",
  "FacebookMessenger",
  "Viber",
  "SnapChat",
  "Line",
  "4Sale",
  "WeChat",
  "QQ",
  "QZone",
  "TikTok",
  "Twitter",
  "Other",
] as const;
export type Website = (typeof websites)[number];
/** How long it went on: up to 12 months, 13 to 24, longer (CTDC codebook, `traffickMonths`). */
export const durations = ["UpToOneYear", "UpToTwoYears", "LongerThanTwoYears"] as const;
export type Duration = (typeof durations)[number];
