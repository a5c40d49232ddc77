import { fold, on } from "#kernel/given.js";
import { cases } from "../cases.js";
import type { ConsentFact } from "../consent/consents.js";
import type { SafeContactFact } from "../safe-contact/safe-contact.js";
import type { IdentityFact } from "./identity.js";
import type { IntakeFact } from "./intake.js";
import { minimumAfter, missing, type Minimum } from "./minimum.js";
import type { MinimumItem } from "./vocabulary.js";

const at = "2026-01-10T08:00:00.000Z";
type Told = IntakeFact | IdentityFact | ConsentFact | SafeContactFact;
const notified: IntakeFact = {
  type: "CaseOpened",
  data: { subject: "s-1", source: "Police", urgency: "Immediate", region: "Kigoma", sex: "Unknown", ageBand: "Unknown" },
};
const first: Told = {
  type: "FirstContactSupplemented",
  data: { sex: "Female", language: "sw", district: "Kasulu-Town", referringOrganisation: "o-1", knownFrom: "Self" },
};
const assessed: Told = { type: "AgeAssessed", data: { method: "Statement", isChild: false } };
const consented: Told = {
  type: "ConsentGiven",
  data: {
    ...{ consentId: "c-1", purpose: "Interview", recipients: ["o-1"], dataClasses: ["identity"] },
    ...{ expiresAt: "2026-06-01T00:00:00.000Z", givenBy: "self", evidence: "Signature" },
  },
};
const named: Told = { type: "IdentityRecorded", data: { citizenships: ["TZ"], languages: ["sw"] } };
const agreed: Told = { type: "SafeContactAgreed", data: { channels: [], hours: [], agreedWith: "self" } };

const missingAfter = (...facts: Told[]): MinimumItem[] =>
  missing(
    fold(
      cases,
      facts.map((fact) => on(at, fact)),
    ),
  );

test("of a partial notification everything else is missing, and nothing once it was told", () => {
  expect(missingAfter(notified)).toEqual([
    ...["Sex", "Age", "Language", "District", "ReferringOrganisation"],
    ...["ConsentToInterview", "Identity", "Citizenship", "SafeContact"],
  ]);
  expect(missingAfter(notified, first, assessed, consented)).toEqual(["Identity", "Citizenship", "SafeContact"]);
  expect(missingAfter(notified, first, assessed, consented, named, agreed)).toEqual([]);
});
test("whoever said no to an interview is not asked again for what only she can tell", () => {
  const refused: Told = { type: "ConsentRefused", data: { purpose: "Interview", refusedBy: "self" } };
  expect(missingAfter(notified, first, assessed, refused)).toEqual([]);
  expect(missingAfter(notified, first, assessed, consented, { type: "ConsentWithdrawn", data: { consentId: "c-1" } })).toEqual([]);
  expect(missingAfter(notified, first, assessed, refused, consented)).toEqual(["Identity", "Citizenship", "SafeContact"]);
});
test("an age that is in question is missing", () =>
  expect(missingAfter(notified, first, assessed, { type: "AgeQuestioned", data: { contradictedBy: "BirthDate" } })).toContain("Age"));
test("who tells of herself has no organisation, and abroad there is no district", () => {
  const abroad: Told = { type: "CaseOpened", data: { ...notified.data, source: "Self", region: "Other" } as never };
  expect(missingAfter(abroad)).not.toContain("ReferringOrganisation");
  expect(missingAfter(abroad)).not.toContain("District");
});
test("a name that was removed is missing again", () =>
  expect(
    missingAfter(notified, consented, named, {
      type: "IdentityRecorded",
      data: { citizenships: [], languages: [], removed: ["identity"] },
    }),
  ).toContain("Identity"));
test("fact by fact it comes to the same", () => {
  const facts = [notified, first, assessed, consented, named];
  const happened = { at, by: { id: "amina", role: "shelter-case-manager" } };
  const last = facts.reduce<Minimum | null>((before, fact) => minimumAfter(before, fact, happened), null);
  expect(missing(last!)).toEqual(missingAfter(...facts));
});
