import "reflect-metadata";
import { rowAfter, told } from "#projection/declare/given.js";
import { caseScreeningView } from "./screening.view.js";
import { caseTraffickingHistoryView } from "./trafficking-history.view.js";

const findings = { formVersion: 1, acts: ["Recruitment"], means: [], exploitations: ["ForcedLabour"], methodsOfControl: [] };
const first = told("ScreeningCompleted", findings, "narrative", "perpetrator");

test("a screening completed again without the account leaves the account", () => {
  const row = rowAfter(caseScreeningView, first, told("ScreeningCompleted", findings));
  expect([row?.account?.event, row?.perpetrator?.event]).toEqual([first.id, first.id]);
});

test("one class is replaced or removed, and the other stays", () => {
  const second = told("ScreeningCompleted", findings, "narrative");
  const replaced = rowAfter(caseScreeningView, first, second);
  expect([replaced?.account?.event, replaced?.perpetrator?.event]).toEqual([second.id, first.id]);
  const removed = rowAfter(caseScreeningView, first, second, told("ScreeningCompleted", { ...findings, removed: ["perpetrator"] }));
  expect([removed?.account?.event, removed?.perpetrator, removed?.acts]).toEqual([second.id, null, ["Recruitment"]]);
});

test("a decision before any screening is kept, and a later one erases nothing", () => {
  const decision = { status: "Presumed", decidedBy: "NGO", basis: "Screening" };
  const row = rowAfter(
    caseScreeningView,
    told("TraffickingStatusDetermined", decision),
    told("TraffickingStatusRevised", { ...decision, status: "Confirmed", supersedes: "Presumed" }),
  );
  expect(row?.determinations.map(({ status }) => status)).toEqual(["Presumed", "Confirmed"]);
});

test("stations stand in the order of their days, each account with its own", () => {
  const [later, earlier] = [
    told("TraffickingHistoryEventRecorded", { event: "Transit", country: "TZ", date: "2024-05" }),
    told("TraffickingHistoryEventRecorded", { event: "Recruitment", country: "TZ", date: "2023" }, "narrative"),
  ];
  const row = rowAfter(caseTraffickingHistoryView, later, earlier);
  expect(row?.stations.map(({ date }) => date)).toEqual(["2023", "2024-05"]);
  expect(row?.accounts.map(({ event }) => event)).toEqual([earlier.id]);
});

test("what is told late of how she was recruited replaces nothing later, and what is not said again stays", () => {
  const codes = { recruitmentMethods: [], industries: ["F_Construction"], landIndustries: [] };
  const first = told("TraffickingDetailsRecorded", { ...codes, ageBandWhenTrafficked: "9-17", duration: "UpToOneYear" }, "narrative");
  const second = told("TraffickingDetailsRecorded", { ...codes, industries: ["C_Manufacturing"] });
  const late = { ...told("TraffickingDetailsRecorded", { ...codes, duration: "UpToTwoYears" }), at: "2020-01-01T00:00:00.000Z" };
  const row = rowAfter(caseTraffickingHistoryView, first, second, late);
  expect([row?.industries, row?.ageBandWhenTrafficked, row?.duration]).toEqual([["C_Manufacturing"], "9-17", "UpToOneYear"]);
  expect(row?.details?.event).toBe(first.id);
  const removed = rowAfter(caseTraffickingHistoryView, first, told("TraffickingDetailsRecorded", { ...codes, removed: ["narrative"] }));
  expect(removed?.details).toBeNull();
});
