import { given, on } from "#kernel/given.js";
import type { Context } from "#kernel/kernel.js";
import { organisations } from "../organisations.js";
import type { ProfileFact } from "../profile/profile.js";
import { deactivateMember, inviteMember, manageOwnShelter, postMember, type GivenRole, type MembershipFact } from "./membership.js";

const onboarded: ProfileFact = { type: "OrganisationOnboarded", data: { name: "Example", types: ["NGO"] } };
const member = (staff: string, ...roles: GivenRole[]): MembershipFact => ({ type: "MemberInvited", data: { staff, roles } });
const left = (staff: string): MembershipFact => ({ type: "MemberDeactivated", data: { staff, reason: "Left" } });
const as = (id: string, role: string): Partial<Context> => ({ actor: { id, role } });
const tatu = as("tatu", "platform-administrator");
const imani = as("imani", "supervisor");
const registered = { also: { registered: true } };
const here = [onboarded, member("tatu", "platform-administrator"), member("imani", "supervisor")];

describe("somebody is taken on", () => {
  const nurse = { staff: "khadija", roles: ["nurse" as const], shelter: "k-1" };
  test("by a supervisor, with her house", () =>
    given(organisations, ...here)
      .when(inviteMember, nurse, { ...imani, ...registered })
      .then({ type: "MemberInvited", data: { staff: "khadija", roles: ["nurse"], shelter: "k-1" } }));
  test("who is here already as that, is so already", () =>
    given(organisations, ...here, member("khadija", "nurse"))
      .when(inviteMember, { staff: "khadija", roles: ["nurse"] }, { ...imani, ...registered })
      .then());
  test("but not in another role while she is here: she is posted", () =>
    given(organisations, ...here, member("khadija", "nurse"))
      .when(inviteMember, { staff: "khadija", roles: ["psychologist"] }, { ...imani, ...registered })
      .refused("AlreadyMember"));
  test("again, after she had left", () =>
    given(organisations, ...here, member("khadija", "nurse"), left("khadija"))
      .when(inviteMember, { staff: "khadija", roles: ["psychologist"] }, { ...imani, ...registered })
      .then(member("khadija", "psychologist")));
  test("but not by herself", () =>
    given(organisations, ...here, left("imani"))
      .when(inviteMember, { staff: "imani", roles: ["supervisor"] }, { ...imani, ...registered })
      .refused("RoleSelfGiven"));
  test.each<GivenRole>(["platform-administrator", "auditor", "data-protection-officer", "importer"])(
    "as %s by an administrator only",
    (role) => {
      given(organisations, ...here)
        .when(inviteMember, { staff: "new", roles: ["nurse", role] }, { ...imani, ...registered })
        .refused("RoleNotYoursToGive");
      given(organisations, ...here)
        .when(inviteMember, { staff: "new", roles: [role] }, { ...tatu, ...registered })
        .then(member("new", role));
    },
  );
  test("in an organisation that was taken in, only its host gives a role that sees across organisations", () => {
    const partner = on("2026-01-01T08:00:00.000Z", onboarded, { id: "tatu", role: "platform-administrator", organisation: "host" });
    const invited = { staff: "new", roles: ["auditor" as const] };
    const of = (organisation: string) => ({ actor: { id: "someone", role: "platform-administrator", organisation }, ...registered });
    given(organisations, partner).when(inviteMember, invited, of("partner")).refused("RoleNotYoursToGive");
    given(organisations, partner).when(inviteMember, invited, of("host")).then(member("new", "auditor"));
    given(organisations, partner)
      .when(inviteMember, { ...invited, roles: ["nurse"] }, of("partner"))
      .then(member("new", "nurse"));
  });
  test("but not into an organisation that is suspended", () =>
    given(organisations, ...here, { type: "OrganisationSuspended", data: { reason: "Closed" } } as ProfileFact)
      .when(inviteMember, nurse, { ...tatu, ...registered })
      .refused("OrganisationIsSuspended"));
});

describe("somebody works elsewhere, or as something else, from now on", () => {
  test("is told whole", () =>
    given(organisations, ...here, member("khadija", "nurse"))
      .when(postMember, { staff: "khadija", roles: ["nurse", "psychologist"], district: "Kasulu-Town" }, imani)
      .then({ type: "MemberPosted", data: { staff: "khadija", roles: ["nurse", "psychologist"], district: "Kasulu-Town" } }));
  test("or is so already", () =>
    given(organisations, ...here)
      .when(postMember, { staff: "imani", roles: ["supervisor"] }, tatu)
      .then());
  test("but not whoever is none of its people", () =>
    given(organisations, ...here)
      .when(postMember, { staff: "stranger", roles: ["nurse"] }, tatu)
      .refused("NotAMember"));
  test("nobody gives herself a role, but she may lay one down", () => {
    const both = [...here, { type: "MemberPosted", data: { staff: "imani", roles: ["supervisor", "nurse"] } } as MembershipFact];
    given(organisations, ...both)
      .when(postMember, { staff: "imani", roles: ["supervisor", "nurse", "psychologist"] }, imani)
      .refused("RoleSelfGiven");
    given(organisations, ...both)
      .when(postMember, { staff: "imani", roles: ["supervisor"] }, imani)
      .then({ type: "MemberPosted", data: { staff: "imani", roles: ["supervisor"] } });
  });
  test("a supervisor takes no role away that she could not give", () =>
    given(organisations, ...here)
      .when(postMember, { staff: "tatu", roles: ["nurse"] }, imani)
      .refused("RoleNotYoursToGive"));
  test("the last administrator stays one", () =>
    given(organisations, onboarded, member("tatu", "platform-administrator", "supervisor"))
      .when(postMember, { staff: "tatu", roles: ["supervisor"] }, tatu)
      .refused("LastAdministrator"));
});

describe("somebody leaves", () => {
  test("and is out, once", () => {
    given(organisations, ...here)
      .when(deactivateMember, { staff: "imani", reason: "Left" }, tatu)
      .then(left("imani"));
    given(organisations, ...here, left("imani"))
      .when(deactivateMember, { staff: "imani", reason: "Other" }, tatu)
      .then();
    given(organisations, ...here)
      .when(deactivateMember, { staff: "stranger", reason: "Left" }, tatu)
      .then();
  });
  test("but not the last administrator, by whomever", () => {
    given(organisations, ...here)
      .when(deactivateMember, { staff: "tatu", reason: "Left" }, as("another", "platform-administrator"))
      .refused("LastAdministrator");
    given(organisations, ...here, member("vumilia", "platform-administrator"))
      .when(deactivateMember, { staff: "tatu", reason: "Left" }, as("another", "platform-administrator"))
      .then(left("tatu"));
  });
  test("nor, where there is no administrator, the last who can take anybody on", () =>
    given(organisations, onboarded, member("imani", "supervisor"), member("khadija", "nurse"))
      .when(deactivateMember, { staff: "imani", reason: "Left" }, tatu)
      .refused("LastAdministrator"));
  test("a supervisor sends no administrator away", () =>
    given(organisations, ...here, member("vumilia", "platform-administrator"))
      .when(deactivateMember, { staff: "tatu", reason: "Left" }, imani)
      .refused("RoleNotYoursToGive"));
});

describe("a manager has registered her house", () => {
  const esther = member("esther", "shelter-manager");
  test("and is posted there", () =>
    given(organisations, ...here, esther)
      .when(manageOwnShelter, { staff: "esther", shelter: "k-1" })
      .then({ type: "MemberPosted", data: { staff: "esther", roles: ["shelter-manager"], shelter: "k-1" } }));
  test("but not away from the one she has, and not whoever is no manager or none of its people", () => {
    const posted: MembershipFact = { type: "MemberPosted", data: { staff: "esther", roles: ["shelter-manager"], shelter: "k-1" } };
    given(organisations, ...here, esther, posted)
      .when(manageOwnShelter, { staff: "esther", shelter: "k-2" })
      .then();
    given(organisations, ...here)
      .when(manageOwnShelter, { staff: "imani", shelter: "k-2" })
      .then();
    given(organisations, ...here)
      .when(manageOwnShelter, { staff: "stranger", shelter: "k-2" })
      .then();
  });
});
