import { eachOf, right, type Expectation, type Scene } from "#access/expectation.js";

const colleagues = [
  ...["shelter-case-manager", "shelter-manager", "nurse", "psychologist", "lawyer", "social-welfare-officer", "return-officer"],
  ...["monitoring-officer", "auditor", "data-protection-officer"],
];
const managers = { "platform-administrator": "W", supervisor: "W" } as const;
const partner = "4c5a1f60-0000-4000-8000-0000000000ec";

/** Somebody who has just been registered. */
async function registered({ done }: Scene): Promise<string> {
  const name = { name: "Invented Colleague", phone: "+255700000003", email: "colleague@example.org" };
  const { id } = await done("platform-administrator", "/v1/staff/register-staff", { ...name, languages: ["sw"] });
  await done("platform-administrator", `/v1/staff/${id}/tell-languages`, { languages: ["sw", "rn"] });
  return id;
}

/** A partner that was taken in, with all that can happen to one. */
async function onboarded(scene: Scene): Promise<string> {
  const administrator = "platform-administrator";
  const { id } = await scene.done(administrator, "/v1/organisations/onboard-organisation", { name: "Invented Hospital", types: ["NGO"] });
  const say = (verb: string, body: object = {}) => scene.done(administrator, `/v1/organisations/${id}/${verb}`, body);
  const [doctor, leaver] = [await registered(scene), await registered(scene)];
  await say("invite-member", { staff: doctor, roles: ["supervisor"], district: "Kasulu-Town" });
  await say("invite-member", { staff: leaver, roles: ["nurse"] });
  await say("post-member", { staff: leaver, roles: ["nurse", "psychologist"], shelter: scene.shelter, district: "Kasulu-Town" });
  await say("name-focal-points", { staff: [doctor] });
  await say("deactivate-member", { staff: leaver, reason: "Left" });
  await say("offer-services", { services: [{ service: "Health", districts: ["Kasulu-Town"] }] });
  await say("name-approving-partner", { partner });
  const until = new Date(Date.now() + 86_400_000).toISOString();
  await say("sign-sharing-protocol", { partner, until });
  await say("end-sharing-protocol", { partner, reason: "Replaced" });
  await say("suspend-organisation", { reason: "DataProtection" });
  await say("reinstate-organisation");
  return id;
}

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    onboardOrganisation: right("write", "onboarding", "begun"),
    offerServices: right("write", "directory", "an organisation"),
    ...eachOf(["nameApprovingPartner", "suspendOrganisation", "reinstateOrganisation"], right("write", "onboarding", "an organisation")),
    ...eachOf(["nameFocalPoints", "inviteMember", "postMember", "deactivateMember"], right("write", "membership", "an organisation")),
    ...eachOf(["signSharingProtocol", "endSharingProtocol"], right("write", "protocol", "an organisation")),
    regions: "anybody",
    organisations: right("read", "directory", "all"),
    ...eachOf(["organisation", "organisationHistory", "organisationState"], right("read", "directory", "an organisation")),
    organisationMembers: right("read", "membership", "all"),
    organisationOrganisationMembers: right("read", "membership", "an organisation"),
    sharingProtocols: right("read", "protocol", "all"),
    organisationSharingProtocols: right("read", "protocol", "an organisation"),
    registerStaff: right("write", "staff", "begun"),
    ...eachOf(["correctStaffName", "tellLanguages", "issueSignInLink"], right("write", "staff", "a staff")),
    acceptCodeOfConduct: right("write", "ownAccount", "an account of her own"),
    staffMembers: right("read", "staff", "all"),
    ...eachOf(["staffMember", "staffHistory", "staffState"], right("read", "staff", "a staff")),
    staffAccess: right("read", "access", "a staff"),
  },
  personal: eachOf(["registerStaff", "correctStaffName"], eachOf(["name", "phone", "email"], "staffName")),
  answers: {
    SignInLink: eachOf(["url", "until"], "open"),
    RegionDistricts: eachOf(["region", "districts"], "open"),
    Organisation: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(["revision", "name", "types", "offers", "services", "onboardedAt", "suspended", "partner"], "directory"),
    },
    OrganisationMember: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(["organisation", "staff", "roles", "shelter", "district", "since", "status", "deactivatedAt", "reason"], "membership"),
    },
    SharingProtocol: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(["organisation", "partner", "signedAt", "until", "endedAt", "reason"], "protocol"),
    },
    Staff: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(["revision", "registeredAt", "languages", "codeOfConduct"], "staff"),
      name: "staffName",
    },
  },
  states: {
    organisation: {
      ...eachOf(
        ["onboardedAt", "onboardedBy", "name", "types", "services", "partner", "suspended"].map((each) => `profile.${each}`),
        "directory",
      ),
      "profile.focalPoints": "membership",
      members: "membership",
      protocols: "protocol",
    },
    staff: {
      "staff.subject": "staffName",
      ...eachOf(
        ["registeredAt", "organisation", "languages", "codeOfConduct"].map((each) => `staff.${each}`),
        "staff",
      ),
      "staff.signIns": "ownAccount",
    },
  },
  facts: {
    ...eachOf(
      ["OrganisationOnboarded", "ServicesOffered", "ApprovingPartnerNamed", "OrganisationSuspended", "OrganisationReinstated"],
      "directory",
    ),
    ...eachOf(["FocalPointsNamed", "MemberInvited", "MemberPosted", "MemberDeactivated"], "membership"),
    ...eachOf(["SharingProtocolSigned", "SharingProtocolEnded"], "protocol"),
    StaffRegistered: { subject: "staffName", languages: "staff" },
    ...eachOf(["StaffNameCorrected", "LanguagesTold", "CodeOfConductAccepted", "SignInLinkIssued"], "staff"),
    SignInJoined: "ownAccount",
  },
  cells: {
    directory: { ...eachOf(colleagues, "R" as const), ...managers },
    onboarding: { "platform-administrator": "W" },
    membership: { ...managers, auditor: "R", "data-protection-officer": "R" },
    protocol: {
      ...eachOf(["platform-administrator", "data-protection-officer"], "W" as const),
      ...eachOf(["supervisor", "shelter-case-manager", "social-welfare-officer", "auditor"], "R" as const),
    },
    staff: { ...eachOf(colleagues, "R" as const), ...managers },
    staffName: { ...eachOf(colleagues, "R" as const), ...managers },
    ownAccount: eachOf([...colleagues, "platform-administrator", "supervisor"], "W" as const),
  },
  // Only she herself accepts the code of conduct.
  notInStories: ["Staff.codeOfConduct"],
  // The example names nobody who was registered; and in a demo nobody is given a link.
  refusesTheLeast: ["inviteMember", "issueSignInLink"],
  stands: {
    // Administrators of the organisation that took it in, and whoever checks others' work.
    "an organisation": ({ role, organisation }) =>
      ["auditor", "data-protection-officer"].includes(role) || (role === "platform-administrator" && organisation === undefined),
    // Everybody of the organisation that registered her.
    "a staff": ({ role, organisation }) => ["auditor", "data-protection-officer"].includes(role) || organisation === undefined,
    "an account of her own": () => false,
  },
  begin: { "an organisation": onboarded, "a staff": registered, "an account of her own": registered },
  told: { name: { name: "Invented Colleague", phone: "+255700000003", email: "colleague@example.org" } },
  story: async (scene) => void (await onboarded(scene)),
};
