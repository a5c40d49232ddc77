import type { Labels, Vocabulary } from "#kernel/labels.js";
import {
  answerClasses,
  formLanguages,
  questionKinds,
  questionPurposes,
  scoringRules,
  type OfferedCode,
  type Question,
  type Score,
  type Template,
} from "#vocabulary/templates.js";
import { faultsOf } from "./faults.js";
import { Reading, type Fault } from "./reading.js";

/** A template as it was written: either it can be used, or everything that is wrong with it is told, each by its place. */
export type Checked = { readonly template: Template } | { readonly faults: readonly Fault[] };

const id = /^[A-Z][A-Z0-9]{1,9}-[0-9]{1,3}$/;
const name = /^[a-z][A-Za-z0-9]{0,59}$/;
const code = /^[A-Za-z0-9][A-Za-z0-9:+-]{0,59}$/;

/** Reads what stands in a file of a template. `codeLists`: those that a question may offer by name. */
export function checked(written: unknown, codeLists: Readonly<Record<string, Vocabulary>>): Checked {
  const reading = new Reading(written);
  reading.only("template", "version", ...formLanguages, "questions", "scores", "reviewWithinDays", "reviewRequired");
  const reviewWithinDays = reading.optional("reviewWithinDays")?.number(1, 1_000);
  const template: Template = {
    id: reading.at("template").text(id, "an id such as RSK-1"),
    version: reading.at("version").number(1, 10_000),
    labels: labelsOf(reading),
    questions: reading
      .at("questions")
      .list(1, 150)
      .map((each) => questionOf(each, codeLists)),
    scores: reading.optional("scores")?.list(1, 20).map(scoreOf) ?? [],
    reviewRequired: reading.optional("reviewRequired")?.truth() ?? false,
    ...(reviewWithinDays !== undefined && { reviewWithinDays }),
  };
  // What does not hang together is looked at where every part is what it should be.
  const faults = reading.faults.length > 0 ? reading.faults : faultsOf(template);
  if (faults.length > 0) return { faults };
  const classOf = (score: Score) => template.questions.find((each) => each.id === score.questions[0])!.class;
  return { template: { ...template, scores: template.scores.map((each) => ({ ...each, class: classOf(each) })) } };
}

const labelsOf = (reading: Reading): Labels => {
  const [en, sw, fr] = formLanguages.map((language) => reading.at(language).text(/^\S.{0,499}$/su, "a label in this language"));
  return [en!, sw!, fr!];
};

function questionOf(reading: Reading, codeLists: Readonly<Record<string, Vocabulary>>): Question {
  const fields = ["id", "class", "purpose", "kind", "required", "strictly", "when", "vocabulary", "codes", "least", "most"];
  reading.only(...fields, ...formLanguages);
  const when = reading.optional("when");
  when?.only("question", "codes");
  const least = reading.optional("least")?.number(-1_000_000, 1_000_000);
  const most = reading.optional("most")?.number(-1_000_000, 1_000_000);
  const strictly = reading.optional("strictly")?.truth() ?? false;
  return {
    id: reading.at("id").text(name, "an id of letters and digits such as threatSource"),
    class: reading.at("class").oneOf(answerClasses, "class"),
    purpose: reading.at("purpose").oneOf(questionPurposes, "purpose"),
    kind: reading.at("kind").oneOf(questionKinds, "kind"),
    labels: labelsOf(reading),
    required: (reading.optional("required")?.truth() ?? false) || strictly,
    strictly,
    ...(when && {
      when: {
        question: when.at("question").text(name, "the id of an earlier question"),
        codes: when
          .at("codes")
          .list(1, 100)
          .map((each) => each.text(code, "a code")),
      },
    }),
    codes: codesOf(reading, codeLists),
    ...(least !== undefined && { least }),
    ...(most !== undefined && { most }),
  };
}

/** Of a list by its name, or written out. */
function codesOf(reading: Reading, codeLists: Readonly<Record<string, Vocabulary>>): readonly OfferedCode[] {
  const list = reading.optional("vocabulary")?.oneOf(Object.keys(codeLists), "vocabulary");
  const named = list === undefined ? [] : Object.entries(codeLists[list] ?? {}).map(([each, labels]) => ({ code: each, labels }));
  const written = reading.optional("codes")?.list(1, 100) ?? [];
  return [
    ...named,
    ...written.map((each) => {
      each.only("code", "points", ...formLanguages);
      const points = each.optional("points")?.number(-1_000, 1_000);
      return { code: each.at("code").text(code, "a code"), labels: labelsOf(each), ...(points !== undefined && { points }) };
    }),
  ];
}

function scoreOf(reading: Reading): Score {
  reading.only("id", "rule", "open", "questions", ...formLanguages);
  return {
    id: reading.at("id").text(name, "an id of letters and digits such as risk"),
    labels: labelsOf(reading),
    // That of its questions, once these are looked at.
    class: answerClasses[0],
    rule: reading.at("rule").oneOf(scoringRules, "rule"),
    open: reading.optional("open")?.truth() ?? false,
    questions: reading
      .at("questions")
      .list(1, 100)
      .map((each) => each.text(name, "the id of a question")),
  };
}
