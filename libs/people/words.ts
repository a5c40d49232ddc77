import type { Words } from "#kernel/labels.js";

/** What its facts and its refusals are called. */
export const peopleWords: Words = {
  facts: {
    ApprovingPartnerNamed: ["Approving partner named", "Mshirika wa kuidhinisha ametajwa", "Partenaire d'approbation désigné"],
    CodeOfConductAccepted: ["Code of conduct accepted", "Kanuni za maadili zimekubaliwa", "Code de conduite accepté"],
    FocalPointsNamed: ["Focal points named", "Wawasiliani wametajwa", "Points focaux désignés"],
    LanguagesTold: ["Languages told", "Lugha zimetajwa", "Langues indiquées"],
    MemberDeactivated: ["Member deactivated", "Mwanachama amesimamishwa", "Membre désactivée"],
    MemberInvited: ["Member taken on", "Mwanachama ameajiriwa", "Membre engagée"],
    MemberPosted: ["Member posted", "Mwanachama amepangiwa kazi", "Membre affectée"],
    OrganisationOnboarded: ["Organisation taken in", "Shirika limesajiliwa", "Organisation accueillie"],
    OrganisationReinstated: ["Organisation reinstated", "Shirika limerejeshwa", "Organisation rétablie"],
    OrganisationSuspended: ["Organisation suspended", "Shirika limesimamishwa", "Organisation suspendue"],
    ServicesOffered: ["Services offered", "Huduma zinazotolewa", "Services proposés"],
    SharingProtocolEnded: ["Sharing protocol ended", "Itifaki ya kushirikishana imeisha", "Protocole de partage terminé"],
    SharingProtocolSigned: ["Sharing protocol signed", "Itifaki ya kushirikishana imesainiwa", "Protocole de partage signé"],
    SignInJoined: ["Sign-in joined", "Njia ya kuingia imeunganishwa", "Connexion associée"],
    SignInLinkIssued: ["Sign-in link issued", "Kiungo cha kuingia kimetolewa", "Lien de connexion remis"],
    StaffNameCorrected: ["Name corrected", "Jina limesahihishwa", "Nom corrigé"],
    StaffRegistered: ["Staff registered", "Mfanyakazi amesajiliwa", "Membre du personnel enregistrée"],
  },
  refusals: {
    AlreadyMember: ["She works here already", "Tayari anafanya kazi hapa", "Elle travaille déjà ici"],
    AlreadySignsIn: ["She signs in here already", "Tayari anaingia hapa", "Elle se connecte déjà ici"],
    FirstOrganisation: [
      "The first organisation is not suspended",
      "Shirika la kwanza halisimamishwi",
      "La première organisation n'est pas suspendue",
    ],
    FocalPointNotAMember: ["A focal point works there", "Mwasiliani lazima afanye kazi hapo", "Un point focal travaille là"],
    LastAdministrator: ["The last administrator stays", "Msimamizi wa mwisho hubaki", "La dernière administratrice reste"],
    LinkForOneself: ["Nobody gives herself a link", "Hakuna anayejipa kiungo", "Personne ne se donne un lien"],
    NobodySignsInHere: ["Nobody signs in here", "Hakuna anayeingia hapa", "Personne ne se connecte ici"],
    NotAMember: ["She does not work here", "Hafanyi kazi hapa", "Elle ne travaille pas ici"],
    NotYourColleague: [
      "You do not work for the same organisation",
      "Hamfanyi kazi katika shirika moja",
      "Vous ne travaillez pas pour la même organisation",
    ],
    OrganisationAlreadyOnboarded: [
      "The organisation was taken in already",
      "Shirika tayari limesajiliwa",
      "L'organisation est déjà accueillie",
    ],
    OrganisationIsSuspended: ["The organisation is suspended", "Shirika limesimamishwa", "L'organisation est suspendue"],
    ProtocolAlreadyOver: ["The protocol would be over already", "Itifaki ingekuwa imeisha", "Le protocole serait déjà fini"],
    ProtocolTooLong: ["A protocol may not last so long", "Itifaki haiwezi kudumu hivyo", "Un protocole ne peut durer si longtemps"],
    RoleNotYoursToGive: [
      "This role is not yours to give or take",
      "Cheo hiki si chako kutoa wala kuondoa",
      "Ce rôle n'est pas à vous de donner ou de retirer",
    ],
    RoleSelfGiven: ["Nobody gives herself a role", "Hakuna anayejipa cheo", "Personne ne se donne un rôle"],
    StaffAlreadyRegistered: ["She was registered already", "Tayari amesajiliwa", "Elle est déjà enregistrée"],
  },
};
