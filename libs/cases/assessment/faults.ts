import type { Question, Score, Template } from "#vocabulary/templates.js";
import type { Fault } from "./reading.js";

type Tell = (reason: string, ...path: Fault["path"]) => void;

/** What of a template does not hang together, though each of its parts is what it should be. */
export function faultsOf({ questions, scores }: Pick<Template, "questions" | "scores">): readonly Fault[] {
  const faults: Fault[] = [];
  const within =
    (...place: Fault["path"]): Tell =>
    (reason, ...path) =>
      void faults.push({ path: [...place, ...path], reason });
  for (const [place, question] of questions.entries()) {
    const tell = within("questions", place);
    const earlier = questions.slice(0, place);
    if (earlier.some(({ id }) => id === question.id)) tell(`two questions have the id ${question.id}`, "id");
    codes(question, tell);
    bounds(question, tell);
    branching(question, earlier, questions, tell);
  }
  for (const [place, score] of scores.entries()) {
    const tell = within("scores", place);
    if (scores.slice(0, place).some(({ id }) => id === score.id)) tell(`two scores have the id ${score.id}`, "id");
    scoring(score, questions, tell);
  }
  return faults;
}

function codes({ kind, codes: offered }: Question, tell: Tell): void {
  const isCoded = kind === "OneCode" || kind === "SeveralCodes";
  if (isCoded && offered.length === 0) tell("a question of codes needs codes, or a vocabulary");
  if (!isCoded && offered.length > 0) tell(`a question of the kind ${kind} offers no codes`);
  for (const [place, { code }] of offered.entries())
    if (offered.slice(0, place).some((each) => each.code === code)) tell(`the code ${code} is offered twice`);
}

function bounds({ kind, least, most }: Question, tell: Tell): void {
  if (kind !== "Number" && (least !== undefined || most !== undefined)) tell("only a number has bounds");
  if (least !== undefined && most !== undefined && least > most) tell("least is more than most", "least");
}

/** Whoever may not read an answer would learn it from whether the next question is asked: so both are of one class. */
function branching({ when, class: dataClass }: Question, earlier: readonly Question[], all: readonly Question[], tell: Tell): void {
  if (!when) return;
  const on = earlier.find(({ id }) => id === when.question);
  if (!on) {
    const comesLater = all.some(({ id }) => id === when.question);
    return tell(
      `it hangs on ${when.question}, ${comesLater ? "which does not come before it" : "which is no question here"}`,
      "when",
      "question",
    );
  }
  if (on.class !== dataClass) tell(`it hangs on ${on.id}, which is of another class`, "when", "question");
  for (const [place, code] of when.codes.entries())
    if (!on.codes.some((each) => each.code === code)) tell(`${on.id} offers no code ${code}`, "when", "codes", place);
}

/** A score is made where its answers are told: by one class, from what everybody is asked. */
function scoring({ rule, questions: named }: Score, questions: readonly Question[], tell: Tell): void {
  const classes = new Set<string>();
  for (const [place, id] of named.entries()) {
    const question = questions.find((each) => each.id === id);
    const refuse = (reason: string) => tell(reason, "questions", place);
    if (!question) {
      refuse(`${id} is no question here`);
      continue;
    }
    classes.add(question.class);
    if (named.indexOf(id) !== place) refuse(`${id} is counted twice`);
    if (question.when) refuse(`${id} is not always asked, and cannot be counted`);
    if (!countsBy(rule, question)) refuse(rule === "Indicators" ? `${id} offers no codes of 0 to 3 points` : `${id} has no points`);
  }
  if (classes.size > 1) tell("its questions are not of one class", "questions");
}

function countsBy(rule: Score["rule"], { kind, codes: offered }: Question): boolean {
  const points = offered.flatMap((each) => each.points ?? []);
  if (rule === "Indicators") return kind === "SeveralCodes" && points.length > 0 && points.every((each) => [0, 1, 2, 3].includes(each));
  return kind === "Number" || (kind === "OneCode" && points.length > 0);
}
