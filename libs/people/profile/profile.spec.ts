import { given, on } from "#kernel/given.js";
import { foundOrganisation } from "../founding.js";
import type { MembershipFact } from "../membership/membership.js";
import { organisations } from "../organisations.js";
import {
  nameApprovingPartner,
  nameFocalPoints,
  offerServices,
  onboardOrganisation,
  reinstateOrganisation,
  suspendOrganisation,
  type ProfileFact,
} from "./profile.js";

const onboarded: ProfileFact = { type: "OrganisationOnboarded", data: { name: "Example", types: ["NGO"] } };
const host = { id: "tatu", role: "platform-administrator", organisation: "host" };
const ofHost = on("2026-01-01T08:00:00.000Z", onboarded, host);
const suspended: ProfileFact = { type: "OrganisationSuspended", data: { reason: "Safeguarding" } };
const health = { service: "Health" as const, districts: ["Kasulu-Town"] };

describe("an organisation is taken in", () => {
  test("once", () => {
    given(organisations)
      .when(onboardOrganisation, { name: "Example", types: ["NGO"] })
      .then(onboarded);
    given(organisations, onboarded)
      .when(onboardOrganisation, { name: "Another", types: ["NGO"] })
      .refused("OrganisationAlreadyOnboarded");
  });
  test("with the partner that approves where it has too few", () =>
    given(organisations)
      .when(onboardOrganisation, { name: "Example", types: ["NGO"], partner: "p" })
      .then({ type: "OrganisationOnboarded", data: { name: "Example", types: ["NGO"], partner: "p" } }));
  test("the first one with its first administrator, once", () => {
    const administrator: MembershipFact = {
      type: "MemberInvited",
      data: { staff: "neema", roles: ["platform-administrator", "supervisor"] },
    };
    given(organisations)
      .when(foundOrganisation, { name: "Example", types: ["NGO"], founder: "neema" })
      .then(onboarded, administrator);
    given(organisations, onboarded)
      .when(foundOrganisation, { name: "Example", types: ["NGO"], founder: "neema" })
      .refused("OrganisationAlreadyOnboarded");
  });
});

test("what it offers where is told whole, and the same again is so already", () => {
  const told: ProfileFact = { type: "ServicesOffered", data: { services: [health] } };
  given(organisations, onboarded)
    .when(offerServices, { services: [health] })
    .then(told);
  given(organisations, onboarded, told)
    .when(offerServices, { services: [health] })
    .then();
});

test("whoever others ask for works there", () => {
  const khadija: MembershipFact = { type: "MemberInvited", data: { staff: "khadija", roles: ["nurse"] } };
  const named: ProfileFact = { type: "FocalPointsNamed", data: { staff: ["khadija"] } };
  given(organisations, onboarded, khadija)
    .when(nameFocalPoints, { staff: ["khadija"] })
    .then(named);
  given(organisations, onboarded, khadija, named)
    .when(nameFocalPoints, { staff: ["khadija"] })
    .then();
  given(organisations, onboarded, khadija, { type: "MemberDeactivated", data: { staff: "khadija", reason: "Left" } } as MembershipFact)
    .when(nameFocalPoints, { staff: ["khadija"] })
    .refused("FocalPointNotAMember");
});

test("the partner that approves is another from now on, or is so already", () => {
  const named: ProfileFact = { type: "ApprovingPartnerNamed", data: { partner: "p" } };
  given(organisations, onboarded).when(nameApprovingPartner, { partner: "p" }).then(named);
  given(organisations, onboarded, named).when(nameApprovingPartner, { partner: "p" }).then();
});

describe("an organisation is suspended", () => {
  test("once, and let in again, once", () => {
    given(organisations, ofHost).when(suspendOrganisation, { reason: "Safeguarding" }).then(suspended);
    given(organisations, ofHost, suspended).when(suspendOrganisation, { reason: "Other" }).then();
    given(organisations, ofHost, suspended).when(reinstateOrganisation, {}).then({ type: "OrganisationReinstated", data: {} });
    given(organisations, ofHost).when(reinstateOrganisation, {}).then();
  });
  test("but not the first one, which runs the machine", () =>
    given(organisations, onboarded).when(suspendOrganisation, { reason: "Other" }).refused("FirstOrganisation"));
});
