import { eachOf, right, type Expectation } from "#access/expectation.js";

const classes = {
  ...{ identity: "identity", contact: "contact", narrative: "narrative", health: "health", psychosocial: "psychosocial" },
  ...{ legal: "legal", perpetrator: "perpetrator", safety: "safety" },
};
const likelihood = { question: "likelihood", codes: ["Likely"] };
const impact = { question: "impact", codes: ["Serious"] };
const care = { question: "urgentCare", codes: ["No"] };
const selfHarm = { question: "selfHarm", codes: ["No"] };
const view = { question: "workersView", codes: ["SomeSigns"] };
const recruiter = { question: "recruiter", text: "Invented recruiter" };

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    ...eachOf(["completeAssessment", "supplementAssessment"], right("write", "assessment", "a case")),
    assessments: right("read", "assessment", "all"),
    caseAssessments: right("read", "assessment", "a case"),
    assessmentTemplates: "anybody",
  },
  personal: { completeAssessment: classes, supplementAssessment: classes },
  answers: {
    Assessment: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(
        [
          ...["caseId", "template", "version", "completedAt", "completedBy", "classes", "missing", "complete", "reviewBy", "supersededBy"],
          ...["scores[].score", "scores[].rule", "scores[].ruleVersion", "scores[].complete", "scores[].value"],
        ],
        "assessment",
      ),
    },
    CaseAssessmentAnswers: {
      ...eachOf(["id", "stale", "skipped"], "open"),
      ...eachOf(["records[].fact", "records[].assessment", "records[].template", "records[].version", "records[].classes"], "assessment"),
      ...classes,
    },
    TemplateQuestion: eachOf(
      ["id", "class", "purpose", "kind", "label", "required", "strictly", "whenQuestion", "whenCodes", "codes", "least", "most"],
      "open",
    ),
    OfferedCode: eachOf(["code", "label"], "open"),
    TemplateScore: eachOf(["id", "label", "rule", "ruleVersion", "questions", "open"], "open"),
    AssessmentTemplate: eachOf(
      ["template", "version", "versions", "label", "questions", "scores", "reviewWithinDays", "reviewRequired"],
      "open",
    ),
  },
  states: { case: { assessments: "assessment" } },
  facts: eachOf(["AssessmentCompleted", "AssessmentSupplemented", "AssessmentSuperseded"], "assessment"),
  cells: {
    assessment: {
      ...eachOf(["shelter-case-manager", "nurse", "psychologist", "lawyer"], "W" as const),
      ...eachOf(["shelter-manager", "social-welfare-officer", "return-officer", "supervisor", "auditor"], "R" as const),
    },
  },
  // No form that comes with the program asks in these classes.
  notInStories: ["CaseAssessmentAnswers.identity", "CaseAssessmentAnswers.contact", "CaseAssessmentAnswers.legal"],
  told: {
    "CaseAssessmentAnswers.safety": { answers: [likelihood, impact], scores: [] },
    "CaseAssessmentAnswers.health": { answers: [care], scores: [] },
    "CaseAssessmentAnswers.psychosocial": { answers: [selfHarm], scores: [] },
    "CaseAssessmentAnswers.narrative": { answers: [view], scores: [] },
    "CaseAssessmentAnswers.perpetrator": { answers: [recruiter], scores: [] },
  },
  story: async ({ resident, done, state }) => {
    const say = (verb: string, body: object, role = "shelter-case-manager") => done(role, `/v1/cases/${resident}/${verb}`, body);
    const reviewBy = new Date(Date.now() + 3 * 86_400_000).toISOString();
    await say("complete-assessment", { template: "SCR-1", version: 1, narrative: [view], perpetrator: [recruiter] });
    const risk = { template: "RSK-1", version: 1, safety: [likelihood, impact], reviewBy };
    await say("complete-assessment", risk);
    await say("complete-assessment", risk);
    type State = { assessments: { assessment: string; template: string; superseded: boolean }[] };
    const { assessments } = (await state(`/v1/cases/${resident}`)) as State;
    const { assessment } = assessments.find(({ template, superseded }) => template === "RSK-1" && !superseded)!;
    await say("supplement-assessment", { assessment, health: [care] }, "nurse");
    await say("supplement-assessment", { assessment, psychosocial: [selfHarm] }, "psychologist");
  },
};
