import "reflect-metadata";
import { rowAfter, told } from "#projection/declare/given.js";
import { caseFirstContactView } from "./first-contact.view.js";
import { caseIntakeView } from "./intake.view.js";
import { caseView } from "./case.view.js";
import { casePersonView } from "./person.view.js";

const by = { id: "amina", role: "shelter-case-manager" };
const at = (day: string, type: string, data: object) =>
  ({ ...told(type, data), at: `2026-01-${day}T08:00:00.000Z`, metadata: { by } }) as never;
const least = { subject: "s-1", source: "Police", urgency: "Routine", region: "Kigoma", sex: "Unknown", ageBand: "Unknown" };
const opened = at("01", "CaseOpened", { ...least, knownFrom: "Police" });

test("the urgency is what was found last, whenever it was told", () => {
  const urgent = at("05", "UrgencyChanged", { from: "Routine", to: "Immediate", reason: "DangerGrew" });
  const late = at("03", "UrgencyChanged", { from: "Routine", to: "Within24Hours", reason: "NewInformation" });
  expect(rowAfter(caseView, opened, urgent, late)?.urgency).toBe("Immediate");
  expect(rowAfter(caseIntakeView, opened, urgent, late)?.urgencyReason).toBe("DangerGrew");
});
test("whoever is said later to look like a child is one, until her age has been assessed", () => {
  const girl = at("02", "FirstContactSupplemented", { sex: "Female", ageBand: "9-17" });
  expect(rowAfter(caseView, opened, girl)).toMatchObject({ sex: "Female", ageBand: "9-17", isChild: true });
  const assessed = at("02", "AgeAssessed", { method: "Document", isChild: false });
  expect(rowAfter(caseView, opened, assessed, girl)?.isChild).toBe(false);
});
test("of two answers to the source the earlier counts", () => {
  const [first, second] = ["02", "03"].map((day) => at(day, "NotificationAcknowledged", { channel: day === "02" ? "Phone" : "Email" }));
  expect(rowAfter(caseIntakeView, opened, second!, first!)?.acknowledgedBy).toBe("Phone");
  expect(rowAfter(caseIntakeView, opened, first!, second!)?.acknowledgedBy).toBe("Phone");
});
test("an organisation that was named at first contact stays, and one that was not is told later", () => {
  const named = at("02", "FirstContactSupplemented", { referringOrganisation: "o-2" });
  expect(rowAfter(caseIntakeView, opened, named)?.referringOrganisation).toBe("o-2");
});
test("it stands beside what is known from whom it is known, as it was said last", () => {
  const [document, herself] = [
    at("05", "IdentityRecorded", { languages: [], knownFrom: "Document" }),
    at("03", "IdentityRecorded", { languages: [] }),
  ];
  expect(rowAfter(casePersonView, opened, document!, herself!)?.identityKnownFrom).toBe("Document");
  expect(rowAfter(casePersonView, opened, herself!)?.identityKnownFrom).toBe("Unknown");
  expect(rowAfter(casePersonView, opened, at("02", "ContactRecorded", { knownFrom: "Family" }))?.contactKnownFrom).toBe("Family");
  expect(rowAfter(caseIntakeView, opened, at("02", "AgeAssessed", { isChild: false, knownFrom: "Self" }))).toMatchObject({
    ...{ knownFrom: "Police", ageKnownFrom: "Self" },
  });
  const needs = told("CaseOpened", { ...least, knownFrom: "Family" }, "narrative");
  expect(rowAfter(caseFirstContactView, { ...needs, metadata: { by } } as never)?.knownFrom).toBe("Family");
});
test("a language that is told later is hers, where none was known", () => {
  const later = at("02", "FirstContactSupplemented", { language: "sw" });
  expect(rowAfter(casePersonView, opened, later)?.languages).toEqual(["sw"]);
  expect(rowAfter(casePersonView, opened, at("02", "IdentityRecorded", { languages: ["rn"] }), later)?.languages).toEqual(["rn"]);
});
