import { may } from "#access/decide.js";
import { change, creation } from "#api/changes/changes.js";
import { list, one } from "#api/reads/reads.js";
import { topic } from "#topics/topic.js";
import { directoryArea, membershipArea, onboardingArea } from "../areas.js";
import { profileVocabularies } from "../labels.js";
import { organisations } from "../organisations.js";
import { ofItsHost, ofTheirs } from "../people.relation.js";
import { regionsOperation } from "./regions.api.js";
import { organisationView } from "./organisation.view.js";
import {
  NameApprovingPartner,
  nameApprovingPartner,
  NameFocalPoints,
  nameFocalPoints,
  OfferServices,
  offerServices,
  OnboardOrganisation,
  onboardOrganisation,
  profile,
  ReinstateOrganisation,
  reinstateOrganisation,
  SuspendOrganisation,
  suspendOrganisation,
} from "./profile.js";

export const profileTopic = topic(organisations, profile, {
  state: {
    onboardedAt: directoryArea,
    onboardedBy: directoryArea,
    name: directoryArea,
    types: directoryArea,
    services: directoryArea,
    focalPoints: membershipArea,
    partner: directoryArea,
    suspended: directoryArea,
  },
  facts: {
    OrganisationOnboarded: directoryArea,
    ServicesOffered: directoryArea,
    FocalPointsNamed: membershipArea,
    ApprovingPartnerNamed: directoryArea,
    OrganisationSuspended: directoryArea,
    OrganisationReinstated: directoryArea,
  },
  changes: {
    Administration: [
      creation(onboardOrganisation, OnboardOrganisation, may("write", onboardingArea)),
      change(offerServices, OfferServices, may("write", directoryArea)),
      change(nameFocalPoints, NameFocalPoints, may("write", membershipArea)),
      change(nameApprovingPartner, NameApprovingPartner, may("write", onboardingArea)),
      change(suspendOrganisation, SuspendOrganisation, may("write", onboardingArea)),
      change(reinstateOrganisation, ReinstateOrganisation, may("write", onboardingArea)),
    ],
  },
  views: [organisationView],
  lists: [
    list(organisationView, {
      name: "organisations",
      permission: may("read", directoryArea, "Administration", "CaseManagement", "Accommodation", "Oversight"),
      filters: ["types", "offers"],
      sorts: ["onboardedAt", "-onboardedAt"],
    }),
  ],
  reads: (about) => [
    regionsOperation,
    one(about, organisationView, {
      name: "organisation",
      path: "organisations",
      permission: may("read", directoryArea, "Administration", "CaseManagement", "Accommodation", "Oversight"),
    }),
  ],
  relations: [ofTheirs, ofItsHost],
  vocabularies: profileVocabularies,
});
