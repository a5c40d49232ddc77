import "reflect-metadata";
import type { Fact } from "#kernel/kernel.js";
import type { Located } from "#store/stored.js";
import { caseFileView, type CaseFileView } from "./case-file.view.js";

const at = "2026-01-10T08:00:00.000Z";
const subject = "00000000-0000-4000-8000-000000000001";
let count = 0;

/** A fact as it comes out of the log, with a box of each of these classes. */
const told = (type: string, data: object, ...classes: string[]): Located<Fact> => {
  const personal = classes.length > 0 ? { [subject]: Object.fromEntries(classes.map((each) => [each, "v1.sample"])) } : undefined;
  return { type, data, personal, at, id: `fact-${++count}`, stream: "case-1", streamId: "1", revision: BigInt(count) } as never;
};
const after = (...facts: Located<Fact>[]): CaseFileView =>
  facts.reduce<CaseFileView | null>((row, fact) => (caseFileView.project as any)[fact.type](row, fact), null)!;

const opened = told("CaseOpened", { subject });
const findings = { formVersion: 1 };
const first = told("ScreeningCompleted", findings, "narrative", "perpetrator");

test("a screening completed again without the account leaves the account", () => {
  const { account, perpetrator } = after(opened, first, told("ScreeningCompleted", findings));
  expect([account?.event, perpetrator?.event]).toEqual([first.id, first.id]);
});

test("one class is replaced or removed, and the other stays", () => {
  const second = told("ScreeningCompleted", findings, "narrative");
  expect([after(opened, first, second).account?.event, after(opened, first, second).perpetrator?.event]).toEqual([second.id, first.id]);
  const third = told("ScreeningCompleted", { ...findings, removed: ["perpetrator"] });
  const row = after(opened, first, second, third);
  expect([row.account?.event, row.perpetrator, row.screening]).toEqual([second.id, null, findings]);
});

test("a name and a way to reach her stay until they are replaced or removed", () => {
  const named = told("IdentityRecorded", { languages: ["sw"] }, "identity");
  const reachable = told("ContactRecorded", {}, "contact");
  const row = after(opened, named, reachable, told("IdentityRecorded", { languages: ["en"] }), told("ContactRecorded", {}));
  expect([row.identity?.event, row.contact?.event, row.languages]).toEqual([named.id, reachable.id, ["en"]]);
  expect(after(opened, named, told("IdentityRecorded", { languages: [], removed: ["identity"] })).identity).toBeNull();
  expect(after(opened, reachable, told("ContactRecorded", { removed: ["contact"] })).contact).toBeNull();
});
