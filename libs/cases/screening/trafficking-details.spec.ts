import { given } from "#kernel/given.js";
import { cases } from "../cases.js";
import type { ConsentFact } from "../consent/consents.js";
import type { IntakeFact } from "../intake/intake.js";
import { recordTraffickingDetails, type RecordTraffickingDetails, type TraffickingDetailsFact } from "./trafficking-details.js";

const opened: IntakeFact = {
  type: "CaseOpened",
  data: { subject: "s-1", source: "NGO", urgency: "Routine", region: "Kagera", sex: "Female", ageBand: "21-29" },
};
const consent: ConsentFact = {
  type: "ConsentGiven",
  data: {
    ...{ consentId: "c-1", purpose: "Interview", recipients: ["o-1"], dataClasses: ["narrative"], expiresAt: "2026-06-01T00:00:00.000Z" },
    ...{ givenBy: "self", evidence: "Signature" },
  },
};
const asked = [opened, consent];
const bornIn2000: IntakeFact = { type: "AgeAssessed", data: { method: "Document", isChild: false, birthYear: 2000 } };
const fishing: RecordTraffickingDetails = {
  recruitmentMethods: ["ThroughFriendsOrSocialEvents"],
  industries: ["A_AgricultureForestryAndFishing"],
  landIndustries: ["A03_FishingAndAquaculture"],
};
const plain = { recruitmentMethods: [], industries: [], landIndustries: [] };
const told = (data: object, narrative?: object): TraffickingDetailsFact =>
  ({
    type: "TraffickingDetailsRecorded",
    data: { ...plain, ...data },
    ...(narrative && { personal: { "s-1": { narrative } } }),
  }) as TraffickingDetailsFact;

test("how a boy was recruited to fish on the lake is kept in codes", () =>
  given(cases, ...asked)
    .when(recordTraffickingDetails, { ...fishing, ageBandWhenTrafficked: "9-17", duration: "UpToTwoYears" })
    .then(told({ ...fishing, ageBandWhenTrafficked: "9-17", duration: "UpToTwoYears" })));

test("exact numbers, kinds of sexual exploitation and profiles online are sealed, and the open holds bands alone", () => {
  const sealed = {
    ...{ ageWhenTrafficked: 16, durationMonths: 25, sexualExploitation: ["PrivateSexualServices" as const] },
    ...{ recruitmentWebsites: ["TikTok" as const], exploitationWebsites: ["4Sale" as const], profiles: "Invented profile" },
  };
  given(cases, ...asked)
    .when(recordTraffickingDetails, { ...plain, ...sealed })
    .then(told({ ageBandWhenTrafficked: "9-17", duration: "LongerThanTwoYears" }, sealed));
});

test.each([
  [0, "UpToOneYear"],
  [12, "UpToOneYear"],
  [13, "UpToTwoYears"],
  [24, "UpToTwoYears"],
  [25, "LongerThanTwoYears"],
] as const)("%d months are %s", (durationMonths, duration) =>
  given(cases, ...asked)
    .when(recordTraffickingDetails, { ...plain, durationMonths })
    .then(told({ duration }, { durationMonths })),
);

test("a number and its band say the same", () => {
  given(cases, ...asked)
    .when(recordTraffickingDetails, { ...plain, ageWhenTrafficked: 16, ageBandWhenTrafficked: "18-20" })
    .refused("NumberContradictsBand");
  given(cases, ...asked)
    .when(recordTraffickingDetails, { ...plain, durationMonths: 30, duration: "UpToOneYear" })
    .refused("NumberContradictsBand");
  given(cases, ...asked)
    .when(recordTraffickingDetails, { ...plain, durationMonths: 30, duration: "LongerThanTwoYears" })
    .then(told({ duration: "LongerThanTwoYears" }, { durationMonths: 30 }));
});

test("nobody was older when it began than she is", () => {
  given(cases, ...asked, bornIn2000)
    .when(recordTraffickingDetails, { ...plain, ageWhenTrafficked: 27 })
    .refused("OlderThanSheIs");
  given(cases, ...asked, bornIn2000)
    .when(recordTraffickingDetails, { ...plain, ageWhenTrafficked: 26 })
    .then(told({ ageBandWhenTrafficked: "21-29" }, { ageWhenTrafficked: 26 }));
});

test("which work on the land is said of work on the land", () =>
  given(cases, ...asked)
    .when(recordTraffickingDetails, { ...fishing, industries: ["F_Construction"] })
    .refused("IndustryMissing"));

test("null takes away what was told of her, and what is not said stays", () => {
  given(cases, ...asked)
    .when(recordTraffickingDetails, { ...plain, profiles: null })
    .then(told({ removed: ["narrative"] }));
  given(cases, ...asked)
    .when(recordTraffickingDetails, plain)
    .then(told({}));
});

test("she is asked with her consent, while her case is open", () => {
  given(cases, opened).when(recordTraffickingDetails, fishing).refused("InterviewNotPermitted");
  given(cases, ...asked, { type: "CaseClosed", data: { reason: "Other", episode: 1 } })
    .when(recordTraffickingDetails, fishing)
    .refused("CaseNotOpen");
});
