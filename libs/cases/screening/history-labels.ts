import type { Vocabulary } from "#kernel/labels.js";
import type * as codes from "./vocabulary.js";

const recruitmentMethod: Vocabulary<codes.RecruitmentMethod> = {
  AtAPlaceOfBusiness: ["At a place of business", "Mahali pa biashara", "Dans un lieu de commerce"],
  AtAnEducationalInstitution: ["At a school or college", "Shuleni au chuoni", "Dans un établissement d'enseignement"],
  AtWork: ["At work", "Kazini", "Au travail"],
  ThroughOnlineSocialNetworks: ["Through social networks online", "Kupitia mitandao ya kijamii", "Par les réseaux sociaux en ligne"],
  ThroughAnOnlineAdvertisement: ["Through an advertisement online", "Kupitia tangazo la mtandaoni", "Par une annonce en ligne"],
  ThroughATelevisionAdvert: ["Through a television advertisement", "Kupitia tangazo la televisheni", "Par une publicité télévisée"],
  ThroughANewspaperAdvert: ["Through a newspaper advertisement", "Kupitia tangazo la gazeti", "Par une annonce de journal"],
  ThroughFamilyOrFamilyEvents: ["Through family", "Kupitia familia", "Par la famille"],
  ThroughFriendsOrSocialEvents: ["Through friends", "Kupitia marafiki", "Par des amis"],
  Other: ["Other", "Nyingine", "Autre"],
};
const industry: Vocabulary<codes.Industry> = {
  A_AgricultureForestryAndFishing: ["Agriculture, forestry and fishing", "Kilimo, misitu na uvuvi", "Agriculture, sylviculture et pêche"],
  B_MiningAndQuarrying: ["Mining and quarrying", "Uchimbaji wa madini na mawe", "Industries extractives"],
  C_Manufacturing: ["Manufacturing", "Viwanda", "Industrie manufacturière"],
  D_ElectricityGasSteamAndAirConditioningSupply: ["Electricity and gas supply", "Usambazaji wa umeme na gesi", "Électricité et gaz"],
  E_WaterSupplySewerageWasteManagement: ["Water supply and waste", "Maji na taka", "Eau et déchets"],
  F_Construction: ["Construction", "Ujenzi", "Construction"],
  G_WholesaleAndRetailTradeRepairOfMotorVehicles: [
    "Trade, and repair of vehicles",
    "Biashara na ukarabati wa magari",
    "Commerce et réparation de véhicules",
  ],
  H_TransportationAndStorage: ["Transport and storage", "Usafirishaji na uhifadhi", "Transport et entreposage"],
  I_AccommodationAndFoodServiceActivities: ["Hotels, bars and restaurants", "Hoteli, baa na migahawa", "Hébergement et restauration"],
  J_InformationAndCommunication: ["Information and communication", "Habari na mawasiliano", "Information et communication"],
  K_FinancialAndInsuranceActivities: ["Finance and insurance", "Fedha na bima", "Finance et assurance"],
  L_RealEstateActivities: ["Real estate", "Majengo na ardhi", "Immobilier"],
  M_ProfessionalScientificAndTechnicalActivities: [
    "Professional and technical work",
    "Kazi za kitaalamu na kiufundi",
    "Activités spécialisées et techniques",
  ],
  N_AdministrativeAndSupportServiceActivities: [
    "Administrative and support services",
    "Huduma za utawala na usaidizi",
    "Services administratifs et de soutien",
  ],
  O_PublicAdministrationAndDefence: [
    "Public administration and defence",
    "Utawala wa umma na ulinzi",
    "Administration publique et défense",
  ],
  P_Education: ["Education", "Elimu", "Enseignement"],
  Q_HumanHealthAndSocialWorkActivities: ["Health and social work", "Afya na ustawi wa jamii", "Santé et action sociale"],
  R_ArtsEntertainmentAndRecreation: ["Arts and entertainment", "Sanaa na burudani", "Arts et spectacles"],
  S_OtherServiceActivities: ["Other services", "Huduma nyingine", "Autres services"],
  T_ActivitiesOfHouseholdsAsEmployers: ["Domestic work", "Kazi za nyumbani", "Travail domestique"],
  U_ActivitiesOfExtraterritorialOrganizations: [
    "International organisations and embassies",
    "Mashirika ya kimataifa na balozi",
    "Organisations internationales et ambassades",
  ],
};
const landIndustry: Vocabulary<codes.LandIndustry> = {
  A01_CropAndAnimalProduction: ["Crops and animals", "Mazao na mifugo", "Culture et élevage"],
  A02_ForestryAndLogging: ["Forestry and logging", "Misitu na ukataji miti", "Sylviculture et exploitation forestière"],
  A03_FishingAndAquaculture: ["Fishing", "Uvuvi", "Pêche"],
};
const sexualExploitation: Vocabulary<codes.SexualExploitation> = {
  Prostitution: ["Prostitution", "Ukahaba", "Prostitution"],
  Pornography: ["Pornography", "Ponografia", "Pornographie"],
  RemoteInteractiveServices: ["Remote interactive services", "Huduma shirikishi za mbali", "Services interactifs à distance"],
  PrivateSexualServices: ["Private sexual services", "Huduma binafsi za kingono", "Services sexuels privés"],
};
const website: Vocabulary<codes.Website> = {
  Facebook: ["Facebook", "Facebook", "Facebook"],
  Instagram: ["Instagram", "Instagram", "Instagram"],
  WhatsApp: ["WhatsApp", "WhatsApp", "WhatsApp"],
  Telegram: ["Telegram", "Telegram", "Telegram"],
  FacebookMessenger: ["Facebook Messenger", "Facebook Messenger", "Facebook Messenger"],
  Viber: ["Viber", "Viber", "Viber"],
  SnapChat: ["SnapChat", "SnapChat", "SnapChat"],
  Line: ["Line", "Line", "Line"],
  "4Sale": ["4Sale", "4Sale", "4Sale"],
  WeChat: ["WeChat", "WeChat", "WeChat"],
  QQ: ["QQ", "QQ", "QQ"],
  QZone: ["QZone", "QZone", "QZone"],
  TikTok: ["TikTok", "TikTok", "TikTok"],
  Twitter: ["Twitter", "Twitter", "Twitter"],
  Other: ["Other", "Nyingine", "Autre"],
};
const duration: Vocabulary<codes.Duration> = {
  UpToOneYear: ["Up to one year", "Hadi mwaka mmoja", "Jusqu'à un an"],
  UpToTwoYears: ["More than one year, up to two", "Zaidi ya mwaka mmoja hadi miwili", "Plus d'un an, jusqu'à deux"],
  LongerThanTwoYears: ["More than two years", "Zaidi ya miaka miwili", "Plus de deux ans"],
};

/** What how she was recruited, and for what, is called. */
export const historyVocabularies = { recruitmentMethod, industry, landIndustry, sexualExploitation, website, duration };
