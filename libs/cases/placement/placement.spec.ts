import { given } from "#kernel/given.js";
import type { ExitType } from "#vocabulary/stays.js";
import { cases } from "../cases.js";
import { endPlacement, recordPlacement, type PlacementFact } from "./placement.js";

const here = { shelter: "sh-1", stay: "st-1" };
const there = { shelter: "sh-2", stay: "st-2" };
const placed = (where: typeof here): PlacementFact => ({ type: "PlacedInShelter", data: where });
const ended = (where: typeof here, exitType: ExitType): PlacementFact => ({ type: "ShelterPlacementEnded", data: { ...where, exitType } });

describe("where she sleeps", () => {
  test("is told by the shelter that took her in", () => given(cases).when(recordPlacement, here).then(placed(here)));
  test("is already so when it is told again", () => given(cases, placed(here)).when(recordPlacement, here).then());
  test("is one place: whoever is taken in elsewhere has left the earlier bed", () =>
    given(cases, placed(here)).when(recordPlacement, there).then(ended(here, "Transfer"), placed(there)));
  test("is not a bed she has left, when the news of it arrives late", () =>
    given(cases, placed(here), ended(here, "Planned")).when(recordPlacement, here).then());
  test("stays the new bed when news of the old one arrives late", () =>
    given(cases, placed(here), ended(here, "Transfer"), placed(there)).when(recordPlacement, here).then());
});

describe("leaving a bed", () => {
  const left = { ...here, exitType: "Planned" as const };

  test("is told by the shelter she left", () => given(cases, placed(here)).when(endPlacement, left).then(ended(here, "Planned")));
  test("is already so when it is told again", () => given(cases, placed(here), ended(here, "Planned")).when(endPlacement, left).then());
  test("may be heard of before her coming, which then begins nothing", () => {
    given(cases).when(endPlacement, left).then(ended(here, "Planned"));
    given(cases, ended(here, "Planned")).when(recordPlacement, here).then();
  });
  test("does not take from her the bed she has now", () =>
    given(cases, placed(there), ended(here, "Planned")).when(recordPlacement, there).then());
});
