import { given, on } from "#kernel/given.js";
import { cases } from "../cases.js";
import type { ClosureFact } from "../closure/closure.js";
import type { IntakeFact } from "../intake/intake.js";
import type { TraffickingStatus } from "../vocabulary.js";
import { determineTraffickingStatus, type DetermineTraffickingStatus } from "./determination.js";
import type { ScreeningFact } from "./screening.js";

const imani = { actor: { id: "imani", role: "supervisor" } };
const openedFor = (ageBand: "9-17" | "21-29"): IntakeFact => ({
  type: "CaseOpened",
  data: { subject: "s-1", source: "NGO", urgency: "Routine", region: "Kagera", sex: "Female", ageBand },
});
const woman = openedFor("21-29");
const girl = openedFor("9-17");
type Findings = Extract<ScreeningFact, { type: "ScreeningCompleted" }>["data"];
const found = (over: Partial<Findings> = {}): ScreeningFact => ({
  type: "ScreeningCompleted",
  data: { formVersion: 1, acts: ["Receipt"], means: ["Fraud"], exploitations: ["Servitude"], methodsOfControl: [], ...over },
});
const nothingFound = found({ acts: [], means: [], exploitations: [] });
const closed: ClosureFact = { type: "CaseClosed", data: { reason: "GoalsAchieved", episode: 1 } };
const victim: DetermineTraffickingStatus = { status: "ActualVictimOfTrafficking", decidedBy: "NGO", basis: "Screening" };
const possible: DetermineTraffickingStatus = { ...victim, status: "PossibleVictimOfTrafficking" };
const none: DetermineTraffickingStatus = { ...victim, status: "NotAVictimOfTrafficking" };
const determined = (data: DetermineTraffickingStatus): ScreeningFact => ({ type: "TraffickingStatusDetermined", data });
const revised = (data: DetermineTraffickingStatus, supersedes: TraffickingStatus): ScreeningFact => ({
  type: "TraffickingStatusRevised",
  data: { ...data, supersedes },
});

test("a woman is a victim by act, means and purpose", () =>
  given(cases, woman, found()).when(determineTraffickingStatus, victim).then(determined(victim)));
test("a child is a victim by act and purpose, whatever the means", () =>
  given(cases, girl, found({ means: [] }))
    .when(determineTraffickingStatus, victim)
    .then(determined(victim)));
test("a woman is not found to be a victim where nothing says how", () =>
  given(cases, woman, found({ means: [] }))
    .when(determineTraffickingStatus, victim)
    .refused("MeansMissing"));
test("nobody is found to be a victim where nothing was done", () =>
  given(cases, girl, found({ acts: [] }))
    .when(determineTraffickingStatus, victim)
    .refused("ActMissing"));
test("nobody is found to be a victim where nothing says what for", () =>
  given(cases, girl, found({ exploitations: [] }))
    .when(determineTraffickingStatus, victim)
    .refused("PurposeMissing"));
test("in doubt she is a possible victim, whatever was found", () =>
  given(cases, woman, nothingFound).when(determineTraffickingStatus, possible).then(determined(possible)));
test("she may be found not to be a victim", () =>
  given(cases, woman, nothingFound).when(determineTraffickingStatus, none).then(determined(none)));
test("nothing is decided of someone nobody has listened to", () =>
  given(cases, woman).when(determineTraffickingStatus, possible).refused("ScreeningNotCompleted"));
test("nothing is decided of someone whose case is closed", () =>
  given(cases, woman, found(), closed).when(determineTraffickingStatus, victim).refused("CaseNotOpen"));
test("what has been decided is already so, whoever decides it again", () =>
  given(cases, woman, found(), determined(victim))
    .when(determineTraffickingStatus, { ...victim, decidedBy: "Police" })
    .then());

describe("changing what was decided of her", () => {
  test.each(["Police", "CourtOrProsecution", "NonPoliceGovernmentalOrganization"] as const)("%s may", (decidedBy) => {
    const request = { ...victim, decidedBy, document: "PF-12/2026" };
    given(cases, woman, found(), determined(possible))
      .when(determineTraffickingStatus, request, imani)
      .then(revised(request, "PossibleVictimOfTrafficking"));
  });
  test.each(["NGO", "Other"] as const)("%s may not", (decidedBy) =>
    given(cases, woman, found(), determined(victim))
      .when(determineTraffickingStatus, { ...none, decidedBy })
      .refused("CompetentBodyRequired"),
  );
  test("the police, too, find a woman to be a victim by means only", () =>
    given(cases, woman, found({ means: [] }), determined(possible))
      .when(determineTraffickingStatus, { ...victim, decidedBy: "Police", document: "PF-12/2026" }, imani)
      .refused("MeansMissing"));
  test("what the police or a court decided is taken down by a supervisor, with its document", () => {
    const byPolice = { ...victim, decidedBy: "Police" as const };
    given(cases, woman, found())
      .when(determineTraffickingStatus, { ...byPolice, document: "PF-12/2026" })
      .refused("ApproverOfAnotherRole");
    given(cases, woman, found()).when(determineTraffickingStatus, byPolice, imani).refused("DocumentMissing");
    given(cases, woman, found())
      .when(determineTraffickingStatus, { ...byPolice, document: "PF-12/2026" }, imani)
      .then(determined({ ...byPolice, document: "PF-12/2026" }));
  });
  test("a revision supersedes the one before it, not the first", () => {
    const request: DetermineTraffickingStatus = { ...none, decidedBy: "CourtOrProsecution", basis: "CourtDecision", document: "C-7" };
    given(cases, woman, found(), determined(possible), revised(victim, "PossibleVictimOfTrafficking"))
      .when(determineTraffickingStatus, request, imani)
      .then(revised(request, "ActualVictimOfTrafficking"));
  });
});

describe("possible again, after she was found not to be a victim", () => {
  const again: DetermineTraffickingStatus = { ...possible, basis: "NewInformation" };
  test("on new information any organisation may say so, and nothing is overwritten", () =>
    given(cases, woman, nothingFound, determined(none))
      .when(determineTraffickingStatus, again)
      .then(revised(again, "NotAVictimOfTrafficking")));
  test("without any it may not", () =>
    given(cases, woman, nothingFound, determined(none)).when(determineTraffickingStatus, possible).refused("CompetentBodyRequired"));
  test("and only possible: that she is one, a competent body says", () =>
    given(cases, woman, found(), determined(none))
      .when(determineTraffickingStatus, { ...victim, basis: "NewInformation" })
      .refused("CompetentBodyRequired"));
  test("nor does new information make anything less of whoever is a victim", () =>
    given(cases, woman, found(), determined(victim)).when(determineTraffickingStatus, again).refused("CompetentBodyRequired"));
  test("a finding told late, is changed by it", () =>
    given(
      cases,
      on("2026-01-01T08:00:00.000Z", woman),
      on("2026-01-02T08:00:00.000Z", nothingFound),
      on("2026-01-09T08:00:00.000Z", determined(again)),
    )
      .when(determineTraffickingStatus, none, { at: "2026-01-05T08:00:00.000Z" })
      .then(determined(none)));
});
