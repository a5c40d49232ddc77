import "reflect-metadata";
import { rowAfter, told } from "#projection/declare/given.js";
import { casePersonView } from "./person.view.js";

const opened = told("CaseOpened", { language: "sw" });
const named = told("IdentityRecorded", { languages: ["sw"] }, "identity");
const reachable = told("ContactRecorded", {}, "contact");

test("a name and a way to reach her stay until they are replaced", () => {
  const row = rowAfter(
    casePersonView,
    opened,
    named,
    reachable,
    told("IdentityRecorded", { languages: ["en"] }),
    told("ContactRecorded", {}),
  );
  expect([row?.identity?.event, row?.contact?.event, row?.languages]).toEqual([named.id, reachable.id, ["en"]]);
  const corrected = told("IdentityRecorded", { languages: ["sw"] }, "identity");
  expect(rowAfter(casePersonView, opened, named, corrected)?.identity?.event).toBe(corrected.id);
});

test("a name and a way to reach her are shown no more once they are removed", () => {
  expect(rowAfter(casePersonView, opened, named, told("IdentityRecorded", { languages: [], removed: ["identity"] }))?.identity).toBeNull();
  expect(rowAfter(casePersonView, opened, reachable, told("ContactRecorded", { removed: ["contact"] }))?.contact).toBeNull();
});

test("of whom nothing was told there is no row", () => {
  expect(rowAfter(casePersonView, told("CaseOpened", {}))).toBeNull();
});
