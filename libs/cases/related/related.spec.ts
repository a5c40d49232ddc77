import "reflect-metadata";
import { given, on } from "#kernel/given.js";
import { rowAfter, told } from "#projection/declare/given.js";
import { cases } from "../cases.js";
import type { ClosureFact } from "../closure/closure.js";
import type { IntakeFact } from "../intake/intake.js";
import type { RelatedCaseFact } from "./related.js";
import { tellTheRelated } from "./related.policy.js";
import { relatedCaseView } from "./related.view.js";
import {
  confirmRelatedCase,
  linkRelatedCase,
  tellRelatedConfirmed,
  tellRelatedLinked,
  tellRelatedUnlinked,
  unlinkRelatedCase,
} from "./relating.js";

const girl: IntakeFact = {
  type: "CaseOpened",
  data: { subject: "p-1", source: "Police", urgency: "Routine", region: "Kigoma", sex: "Female", ageBand: "9-17" },
};
const closed: ClosureFact = { type: "CaseClosed", data: { reason: "Other", episode: 1 } };
const other = { subject: "p-2", openedAt: "2026-01-02T08:00:00.000Z" };
const imani = { actor: { id: "imani", role: "supervisor" }, also: { other } };
const amina = { also: { other } };
const linked: RelatedCaseFact = {
  type: "RelatedCaseLinked",
  data: { link: "id-1", related: "brother", relation: "Sibling", requestedBy: "amina" },
};
const confirmed: RelatedCaseFact = { type: "RelatedCaseConfirmed", data: { link: "id-1", related: "brother", confirmedBy: "imani" } };
const unlinked: RelatedCaseFact = { type: "RelatedCaseUnlinked", data: { link: "id-1", related: "brother", reason: "NotRelated" } };
const ask = { relatedCase: "brother", relation: "Sibling" } as const;
const undo = { relatedCase: "brother", reason: "NotRelated" } as const;

describe("a girl and her brother", () => {
  test("are linked, each with a case of their own", () => {
    given(cases, girl).when(linkRelatedCase, ask, amina).then(linked);
    given(cases, girl, linked).when(linkRelatedCase, ask, amina).then();
    given(cases, girl, linked, unlinked).when(linkRelatedCase, ask, amina).then(linked);
  });
  test("are one thing to each other at a time", () =>
    given(cases, girl, linked)
      .when(linkRelatedCase, { ...ask, relation: "Household" }, amina)
      .refused("AlreadyRelated"));
  test("are two, known to be there by then, and her case is open", () => {
    given(cases, girl)
      .when(linkRelatedCase, ask, { also: { other: { ...other, subject: "p-1" } } })
      .refused("RelatedToItself");
    given(cases, on("2026-01-01T08:00:00.000Z", girl))
      .when(linkRelatedCase, ask, { ...amina, at: "2026-01-01T09:00:00.000Z" })
      .refused("BeforeItsBeginning");
    given(cases, girl, closed).when(linkRelatedCase, ask, amina).refused("CaseNotOpen");
  });
});

describe("a link is checked", () => {
  test("by a supervisor, once", () => {
    given(cases, girl, linked).when(confirmRelatedCase, { relatedCase: "brother" }, imani).then(confirmed);
    given(cases, girl, linked, confirmed).when(confirmRelatedCase, { relatedCase: "brother" }, imani).then();
  });
  test("by nobody who asked for it, and nobody of another role", () => {
    given(cases, girl, linked)
      .when(confirmRelatedCase, { relatedCase: "brother" }, { ...imani, actor: { id: "amina", role: "supervisor" } })
      .refused("ApproverIsRequester");
    given(cases, girl, linked)
      .when(confirmRelatedCase, { relatedCase: "brother" }, { ...imani, actor: { id: "baraka", role: "shelter-case-manager" } })
      .refused("ApproverOfAnotherRole");
  });
  test("where one stands, and not before it was asked for", () => {
    given(cases, girl).when(confirmRelatedCase, { relatedCase: "brother" }, imani).refused("RelatedCaseUnknown");
    given(cases, girl, linked, unlinked).when(confirmRelatedCase, { relatedCase: "brother" }, imani).refused("RelatedCaseUnknown");
    given(cases, on("2026-01-03T08:00:00.000Z", girl), linked)
      .when(confirmRelatedCase, { relatedCase: "brother" }, { ...imani, at: "2026-01-04T08:00:00.000Z" })
      .refused("BeforeItsBeginning");
  });
});

test("a link is taken back, by a supervisor where one has checked it", () => {
  given(cases, girl, linked).when(unlinkRelatedCase, undo, amina).then(unlinked);
  given(cases, girl, linked, unlinked).when(unlinkRelatedCase, undo, amina).then();
  given(cases, girl, linked, confirmed).when(unlinkRelatedCase, undo, amina).refused("ApproverOfAnotherRole");
  given(cases, girl, linked, confirmed).when(unlinkRelatedCase, undo, imani).then(unlinked);
  given(cases, girl).when(unlinkRelatedCase, undo, amina).refused("RelatedCaseUnknown");
});

describe("what is told in one case is told in the other", () => {
  const fact = (type: string, data: object) => ({ ...told(type, data), streamId: "sister" });
  const asks = (type: string, data: object) => (tellTheRelated.when as any)[type](fact(type, data)) as { id: string; request: object };
  test("of the case that was named, with the one where it was told", () => {
    for (const { type, data } of [linked, confirmed, unlinked])
      expect(asks(type, data)).toMatchObject({ id: "brother", request: { link: "id-1", related: "sister" } });
  });
  test("from its own side, and once", () => {
    const data = { link: "id-1", related: "mother", relation: "Child" as const, requestedBy: "amina" };
    const here: RelatedCaseFact = { type: "RelatedCaseLinked", data: { ...data, relation: "Parent" } };
    given(cases, girl).when(tellRelatedLinked, data).then(here);
    given(cases, girl, closed).when(tellRelatedLinked, data).then(here);
    given(cases, girl, here).when(tellRelatedLinked, data).then();
    given(cases, girl)
      .when(tellRelatedLinked, { ...data, relation: "AccompanyingChild" })
      .then({
        ...here,
        data: { ...data, relation: "AccompanyingAdult" },
      } as RelatedCaseFact);
  });
  test("also that it was checked, or taken back", () => {
    given(cases, girl, linked).when(tellRelatedConfirmed, confirmed.data).then(confirmed);
    given(cases, girl, linked, confirmed).when(tellRelatedConfirmed, confirmed.data).then();
    given(cases, girl).when(tellRelatedConfirmed, confirmed.data).refused("RelatedCaseUnknown");
    given(cases, girl, linked).when(tellRelatedUnlinked, unlinked.data).then(unlinked);
    given(cases, girl, linked, unlinked).when(tellRelatedUnlinked, unlinked.data).then();
    given(cases, girl).when(tellRelatedUnlinked, unlinked.data).refused("RelatedCaseUnknown");
  });
});

test("the row of a link names its own case and never the other", () => {
  const link = "00000000-0000-4000-8000-000000000021";
  const row = rowAfter(relatedCaseView, told("RelatedCaseLinked", { link, related: "brother", relation: "Sibling", requestedBy: "amina" }));
  expect([row?.link, row?.caseId, row?.confirmed, JSON.stringify(row).includes("brother")]).toEqual([link, "1", false, false]);
});

describe("a girl with a brother and a sister", () => {
  const toHer: RelatedCaseFact = {
    type: "RelatedCaseLinked",
    data: { link: "id-9", related: "sister", relation: "Sibling", requestedBy: "amina" },
  };
  test("is linked to each, and what is said of the one says nothing of the other", () => {
    given(cases, girl, toHer).when(linkRelatedCase, ask, amina).then(linked);
    given(cases, girl, toHer, linked).when(confirmRelatedCase, { relatedCase: "brother" }, imani).then(confirmed);
    given(cases, girl, toHer, linked).when(unlinkRelatedCase, undo, imani).then(unlinked);
    given(cases, girl, toHer).when(confirmRelatedCase, { relatedCase: "brother" }, imani).refused("RelatedCaseUnknown");
    given(cases, girl, toHer, linked, confirmed)
      .when(confirmRelatedCase, { relatedCase: "sister" }, imani)
      .then({ type: "RelatedCaseConfirmed", data: { link: "id-9", related: "sister", confirmedBy: "imani" } });
    given(cases, girl, toHer, linked)
      .when(tellRelatedConfirmed, confirmed.data as never)
      .then(confirmed);
    given(cases, girl, toHer)
      .when(tellRelatedConfirmed, confirmed.data as never)
      .refused("RelatedCaseUnknown");
  });
});

test.each([
  ["Sibling", "Sibling"],
  ["Spouse", "Spouse"],
  ["Parent", "Child"],
  ["Child", "Parent"],
  ["AccompanyingChild", "AccompanyingAdult"],
  ["AccompanyingAdult", "AccompanyingChild"],
  ["OtherFamily", "OtherFamily"],
  ["Household", "Household"],
] as const)("who is a %s by the one case is a %s by the other", (relation, seen) =>
  given(cases, girl)
    .when(tellRelatedLinked, { link: "id-5", related: "other", relation, requestedBy: "amina" })
    .then({ type: "RelatedCaseLinked", data: { link: "id-5", related: "other", relation: seen, requestedBy: "amina" } }),
);
