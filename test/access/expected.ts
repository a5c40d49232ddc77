import { globSync } from "node:fs";
import { join } from "node:path";
import { eachOf, right, type ExpectedArea, type ExpectedAreas, type ExpectedRight, type Expectation } from "#access/expectation.js";

// Who may ask what, and see which field of the answer: what the topics say of themselves, and what no topic says. An operation or a field that
// is missing fails the test that asks for it.

const root = join(import.meta.dirname, "../..");
const open = (...names: string[]): ExpectedAreas => eachOf(names, "open");

/** What is so of every record, and of those who keep the read side running. */
const general: Expectation = {
  operations: {
    vocabularies: "anybody",
    me: "anybody",
    ...eachOf(["keepDraft", "discardDraft", "drafts", "draft"], "anybody" as const),
    ...eachOf(
      ["projections", "policyRefusals", "deadLetters", "deadLettersPreview", "skippedEvents", "chainFindings"],
      right("read", "projections", "all"),
    ),
    ...eachOf(
      ["rebuildViews", "verifyViews", "reconcileViews", "stopTask", "swapViews", "rollbackViews", "pauseViews", "resumeViews"],
      right("write", "projections", "all"),
    ),
    ...eachOf(["replayDeadLetters", "skipDeadLetter", "approveSkip", "chainLookedInto"], right("write", "projections", "all")),
  },
  answers: {
    HistoryEntry: {
      ...open(
        "revision",
        "id",
        "type",
        "words",
        "at",
        "recordedAt",
        "purpose",
        "source",
        "commandId",
        "sealed",
        "hash",
        "integrity",
        "lateReason",
        "erroneous",
        "imported",
      ),
      "by.id": "open",
      "by.name": "open",
      "by.role": "open",
      "by.organisation": "open",
      "by.district": "open",
      "by.shelter": "location of itself",
      data: "as the fact's own table says",
      changed: "as the state's table says",
    },
    PastState: { revision: "open", at: "open", integrity: "open", state: "as the state's table says" },
    FactWords: open("en", "sw", "fr"),
    CodeList: open("name", "fields", "codes[].code", "codes[].en", "codes[].sw", "codes[].fr"),
    Me: open(
      "id",
      "role",
      "name",
      "roles",
      "organisation",
      "shelter",
      "district",
      "purposes",
      "rights[].area",
      "rights[].may",
      "operations",
    ),
    Draft: open("id", "operation", "record", "revision", "reference", "body", "changedAt", "expiresAt"),
    OwnRight: open("area", "may"),
    LabelledCode: open("code", "en", "sw", "fr"),
    Receipt: open("id", "revision", "position"),
    ProjectionReport: open("views", "policies", "due", "tasks"),
    DueReport: open("due", "waiting", "fallenDue", "next", "asked", "refusals"),
    RowPreview: open("key", "row", "columns", "asks"),
    ReplayResult: open("facts"),
    ProjectionStatus: {
      ...open("view", "partitions", "position", "facts", "factsBehind", "secondsBehind", "secondsSinceProgress"),
      ...open("halted", "parkedStreams", "staleRows"),
    },
    ProjectionTask: {
      ...open("id", "kind", "views", "state", "askedBy", "stage", "position", "head", "result", "error", "askedAt", "updatedAt"),
    },
    PolicyReport: {
      ...open("policy", "position", "facts", "factsBehind", "secondsBehind", "secondsSinceProgress"),
      ...open("halted", "parkedStreams", "refusals"),
    },
    RefusalReport: open("policy", "factId", "stream", "revision", "code", "refusedAt"),
    ChainReport: open("stream", "revision", "position", "kind", "foundAt", "lookedIntoAt", "lookedIntoBy"),
    ChainLookedInto: open("findings"),
    SkippedEvent: open("view", "stream", "revision", "type", "reason", "askedBy", "askedAt", "approvedBy", "approvedAt"),
    ParkedStream: open("view", "stream", "facts", "firstRevision", "type", "error", "since"),
  },
};

const told = await Promise.all(
  globSync("libs/**/*.expected.ts", { cwd: root }).map(
    async (file) => ((await import(`../../${file.replace(/\.ts$/, ".js")}`)) as { expected: Expectation }).expected,
  ),
);
const all: readonly Expectation[] = [general, ...told];

/** Put together; what two topics say of one name, such as of the state of a case, stands side by side. */
function together<T>(part: keyof Expectation): Readonly<Record<string, T>> {
  const whole: Record<string, any> = {};
  for (const each of all)
    for (const [name, value] of Object.entries(each[part] ?? {}))
      whole[name] = typeof value === "object" && typeof whole[name] === "object" ? { ...whole[name], ...value } : value;
  return whole;
}

export const operations = together<ExpectedRight | "anybody">("operations");
export const personal = together<ExpectedAreas>("personal");
export const answers = together<ExpectedAreas>("answers");
export const states = together<ExpectedAreas>("states");
export const facts = together<ExpectedArea | ExpectedAreas>("facts");
export const toldOfTopics = together<object>("told");
export const refusesTheLeast: readonly string[] = all.flatMap((each) => each.refusesTheLeast ?? []);
export const cells = together<Readonly<Record<string, "R" | "W">>>("cells");
export const standings = together<NonNullable<Expectation["stands"]>[`a ${string}`]>("stands");
export const beginnings = together<NonNullable<Expectation["begin"]>[`a ${string}`]>("begin");
export const byRestAlone: readonly string[] = all.flatMap((each) => each.byRestAlone ?? []);
export const notInStories: readonly string[] = all.flatMap((each) => each.notInStories ?? []);
export const stories = all.flatMap(({ story }) => story ?? []);
