import { given, on } from "#kernel/given.js";
import { cases } from "../cases.js";
import type { ConsentFact } from "../consent/consents.js";
import type { IntakeFact } from "../intake/intake.js";
import { completeAssessment, supplementAssessment } from "./assessing.js";
import type { AssessmentFact } from "./assessments.js";
import { templates } from "./examples.js";

const opened: IntakeFact = {
  type: "CaseOpened",
  data: { subject: "p-1", source: "Police", urgency: "Routine", region: "Kigoma", sex: "Female", ageBand: "21-29" },
};
const closed = { type: "CaseClosed", data: { reason: "Other", episode: 1 } } as const;
const inAWeek = "2026-01-17T08:00:00.000Z";
const consented = (purpose: "CaseManagement" | "Interview" | "FollowUpContact", expiresAt = inAWeek): ConsentFact => ({
  type: "ConsentGiven",
  data: {
    consentId: `c-${purpose}`,
    purpose,
    recipients: [],
    dataClasses: ["narrative"],
    expiresAt,
    givenBy: "self",
    evidence: "Signature",
  },
});
const emergency: ConsentFact = {
  type: "EmergencyProcessingInvoked",
  data: { emergency: "e-1", vitalInterest: "CannotConsent", authorisedBy: "neema", reviewBy: inAWeek, confirmBy: null },
};
const also = { templates };

const answers = [
  { question: "danger", codes: ["Much"] },
  { question: "gravity", codes: ["Some"] },
  { question: "what", text: "Invented danger" },
];
const risk = { score: "risk", rule: "Product", ruleVersion: 1 } as const;
const ask = { template: "EX-1", version: 1, safety: answers };
const completed = (over: object = {}, sealed: object = { safety: { answers, scores: [burden(3)] } }) =>
  ({
    type: "AssessmentCompleted",
    data: {
      ...{ assessment: "id-1", template: "EX-1", version: 1, classes: ["safety"], incomplete: [], awaited: ["health"] },
      scores: [{ ...risk, complete: true, value: 2, class: "safety" }],
      ...over,
    },
    personal: { "p-1": sealed },
  }) as AssessmentFact;
const burden = (value?: number) => ({ score: "burden", rule: "Sum", ruleVersion: 1, complete: value !== undefined, value });

describe("a form that is filled in with her", () => {
  test("keeps her answers by their class, and what stands in the open says which classes still wait", () => {
    given(cases, opened).when(completeAssessment, ask, { also }).then(completed());
  });
  test("is incomplete where an answer is missing, and so is a score, which is then not 0", () => {
    const safety = [{ question: "danger", codes: ["None"] }];
    given(cases, opened)
      .when(completeAssessment, { ...ask, safety }, { also })
      .then(
        completed(
          { incomplete: ["safety"], scores: [{ ...risk, complete: false, class: "safety" }] },
          { safety: { answers: safety, scores: [burden()] } },
        ),
      );
  });
  test("counts no answers of another class: a score whose class was not told is incomplete", () => {
    const health = [{ question: "care", codes: ["No"] }];
    given(cases, opened)
      .when(completeAssessment, { template: "EX-1", version: 1, health }, { also })
      .then(
        completed(
          { classes: ["health"], awaited: ["safety"], scores: [{ ...risk, complete: false, class: "safety" }] },
          { health: { answers: health, scores: [] } },
        ),
      );
  });
  test("is taken in an older version, which stays readable under its own", () => {
    const safety = [{ question: "danger", codes: ["Some"] }];
    given(cases, opened)
      .when(completeAssessment, { template: "EX-1", version: 0, safety }, { also })
      .then(completed({ version: 0, awaited: [], scores: [] }, { safety: { answers: safety, scores: [] } }));
  });
  test("is one that there is, in a version that there is, of a case that is open", () => {
    given(cases, opened)
      .when(completeAssessment, { ...ask, template: "NO-1" }, { also })
      .refused("TemplateUnknown");
    given(cases, opened)
      .when(completeAssessment, { ...ask, version: 9 }, { also })
      .refused("TemplateUnknown");
    given(cases, opened, closed).when(completeAssessment, ask, { also }).refused("CaseNotOpen");
    given(cases, opened, { type: "FollowUpStarted", data: { episode: 1 } })
      .when(completeAssessment, ask, { also })
      .then(completed());
  });
});

describe("what she is taken to have answered", () => {
  const refused = (safety: object[], code: string) =>
    given(cases, opened)
      .when(completeAssessment, { ...ask, safety } as never, { also })
      .refused(code);
  const danger = { question: "danger", codes: ["Some"] };
  test("fits the form", () => {
    refused([], "AnswersMissing");
    refused([{ question: "shoes", text: "x" }], "QuestionUnknown");
    refused([{ question: "care", codes: ["Yes"] }], "QuestionUnknown");
    refused([danger, danger], "QuestionAnsweredTwice");
    refused([{ question: "danger", text: "Much" }], "AnswerOfAnotherKind");
    refused([{ question: "danger", codes: ["Some"], text: "Much" }], "AnswerOfAnotherKind");
    refused([{ question: "danger", codes: [] }], "AnswerOfAnotherKind");
    refused([{ question: "danger", codes: ["Some", "Much"] }], "AnswerOfAnotherKind");
    refused([{ question: "danger" }], "AnswerOfAnotherKind");
    refused([{ question: "danger", codes: ["Somewhat"] }], "CodeNotOffered");
  });
  test("is not what she was not asked", () => {
    refused(
      [
        { question: "danger", codes: ["None"] },
        { question: "what", text: "x" },
      ],
      "QuestionNotAsked",
    );
    refused([{ question: "what", text: "x" }], "QuestionNotAsked");
  });
  test("is a number within its bounds", () => {
    const weeks = (number: number) => [
      { question: "care", codes: ["Yes"] },
      { question: "weeks", number },
    ];
    const complete = (number: number) =>
      given(cases, opened).when(completeAssessment, { template: "EX-1", version: 1, health: weeks(number) }, { also });
    complete(0).refused("NumberOutOfBounds");
    complete(46).refused("NumberOutOfBounds");
    const scores = [{ ...risk, complete: false, class: "safety" }];
    for (const number of [1, 45])
      complete(number).then(
        completed({ classes: ["health"], awaited: ["safety"], scores }, { health: { answers: weeks(number), scores: [] } }),
      );
  });
});

describe("what is asked for a purpose", () => {
  const wish = { question: "wish", text: "Invented wish" };
  const told = (...narrative: object[]) => ({ template: "EX-2", version: 3, narrative, reviewBy: inAWeek }) as never;
  const kept = (...narrative: object[]) =>
    completed(
      { template: "EX-2", version: 3, classes: ["narrative"], awaited: [], scores: [], reviewBy: inAWeek },
      { narrative: { answers: narrative, scores: [] } },
    );
  test("is kept while she consents to it", () => {
    given(cases, opened, consented("CaseManagement")).when(completeAssessment, told(wish), { also }).then(kept(wish));
    given(cases, opened).when(completeAssessment, told(wish), { also }).refused("AskingNotPermitted");
    const withdrawn: ConsentFact = { type: "ConsentWithdrawn", data: { consentId: "c-CaseManagement" } };
    given(cases, opened, consented("CaseManagement"), withdrawn)
      .when(completeAssessment, told(wish), { also })
      .refused("AskingNotPermitted");
  });
  test("is kept of that purpose alone", () => {
    const signs = { question: "signs", codes: ["A", "C"] };
    given(cases, opened, consented("CaseManagement")).when(completeAssessment, told(wish, signs), { also }).refused("AskingNotPermitted");
    given(cases, opened, consented("CaseManagement"), consented("Interview"))
      .when(completeAssessment, told(wish, signs), { also })
      .then(kept(wish, signs));
  });
  test("is kept in an emergency, not over her own no, and not what leads to a contact", () => {
    given(cases, opened, emergency).when(completeAssessment, told(wish), { also }).then(kept(wish));
    const refused: ConsentFact = { type: "ConsentRefused", data: { purpose: "CaseManagement", refusedBy: "self" } };
    given(cases, opened, refused, emergency).when(completeAssessment, told(wish), { also }).refused("AskingNotPermitted");
    const call = { question: "call", text: "Invented number" };
    given(cases, opened, emergency).when(completeAssessment, told(wish, call), { also }).refused("AskingNotPermitted");
  });
  test("is not taken without what is required strictly", () => {
    const since = { question: "since", day: "2026-01-01" };
    given(cases, opened, consented("CaseManagement")).when(completeAssessment, told(since), { also }).refused("AnswerRequired");
    given(cases, opened, consented("CaseManagement")).when(completeAssessment, told(wish, since), { also }).then(kept(wish, since));
  });
});

describe("when she is asked again", () => {
  const wish = [{ question: "wish", text: "Invented wish" }];
  const complete = (reviewBy?: string) =>
    given(cases, opened, consented("CaseManagement")).when(
      completeAssessment,
      { template: "EX-2", version: 3, narrative: wish, reviewBy },
      { also },
    );
  test("is said, where the form wants it, and within its days", () => {
    complete().refused("ReviewMissing");
    complete("2026-01-10T08:00:00.000Z").refused("ReviewAlreadyDue");
    complete("2026-02-09T08:00:00.001Z").refused("ReviewTooLate");
    complete("2026-02-09T08:00:00.000Z").then(
      completed(
        {
          ...{ template: "EX-2", version: 3, classes: ["narrative"], awaited: [], scores: [] },
          reviewBy: "2026-02-09T08:00:00.000Z",
        },
        { narrative: { answers: wish, scores: [] } },
      ),
    );
  });
});

describe("the newest of a form", () => {
  const first = completed({ assessment: "a-1" });
  test("stands in the place of the one before, which is kept", () => {
    given(cases, opened, first)
      .when(completeAssessment, ask, { also })
      .then(completed(), { type: "AssessmentSuperseded", data: { assessment: "a-1", by: "id-1" } });
  });
  test("does not where it is told late: then what was found since stands", () => {
    given(cases, on("2026-01-01T08:00:00.000Z", opened), on("2026-01-05T08:00:00.000Z", first))
      .when(completeAssessment, ask, { at: "2026-01-03T08:00:00.000Z", also })
      .then(completed(), { type: "AssessmentSuperseded", data: { assessment: "id-1", by: "a-1" } });
  });
  test("leaves another form alone, and what is superseded already", () => {
    const superseded: AssessmentFact = { type: "AssessmentSuperseded", data: { assessment: "a-1", by: "a-2" } };
    given(cases, opened, first, completed({ assessment: "a-2" }), superseded, completed({ assessment: "a-3", template: "EX-2" }))
      .when(completeAssessment, ask, { also })
      .then(completed(), { type: "AssessmentSuperseded", data: { assessment: "a-2", by: "id-1" } });
  });
});

describe("what another field tells of it", () => {
  const first = completed({ assessment: "a-1" });
  const health = [{ question: "care", codes: ["Yes"] }];
  const more = { assessment: "a-1", health };
  const supplemented: AssessmentFact = {
    type: "AssessmentSupplemented",
    data: { assessment: "a-1", classes: ["health"], incomplete: [], scores: [] },
    personal: { "p-1": { health: { answers: health, scores: [] } } },
  };
  test("is added, and anew where more is known", () => {
    given(cases, opened, first).when(supplementAssessment, more, { also }).then(supplemented);
    given(cases, opened, first, supplemented).when(supplementAssessment, more, { also }).then(supplemented);
  });
  test("makes the scores of its class", () => {
    const safety = answers.map((each) => (each.question === "gravity" ? { ...each, codes: ["Much"] } : each));
    given(cases, opened, first)
      .when(supplementAssessment, { assessment: "a-1", safety }, { also })
      .then({
        type: "AssessmentSupplemented",
        data: {
          ...{ assessment: "a-1", classes: ["safety"], incomplete: [] },
          scores: [{ ...risk, complete: true, value: 4, class: "safety" }],
        },
        personal: { "p-1": { safety: { answers: safety, scores: [burden(4)] } } },
      } as AssessmentFact);
  });
  test("is of one that stands in this case, and not before it was filled in", () => {
    given(cases, opened).when(supplementAssessment, more, { also }).refused("AssessmentUnknown");
    const superseded: AssessmentFact = { type: "AssessmentSuperseded", data: { assessment: "a-1", by: "a-2" } };
    given(cases, opened, first, superseded).when(supplementAssessment, more, { also }).refused("AssessmentNotStanding");
    given(cases, opened, first, closed).when(supplementAssessment, more, { also }).refused("CaseNotOpen");
    given(cases, on("2026-01-01T08:00:00.000Z", opened), on("2026-01-05T08:00:00.000Z", first))
      .when(supplementAssessment, more, { at: "2026-01-04T08:00:00.000Z", also })
      .refused("BeforeItsBeginning");
    given(cases, opened, first).when(supplementAssessment, { assessment: "a-1" }, { also }).refused("AnswersMissing");
  });
  test("waits where the deployment has taken its form away", () => {
    given(cases, opened, completed({ assessment: "a-1", template: "GONE-1" }))
      .when(supplementAssessment, more, { also })
      .refused("TemplateUnknown");
  });
});
