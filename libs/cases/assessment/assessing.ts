import { Type } from "class-transformer";
import { ArrayMaxSize, IsArray, IsInt, IsNumber, IsString, Matches, Max, MaxLength, Min, ValidateNested } from "class-validator";
import { Personal } from "#access/personal.js";
import { Described } from "#kernel/described.js";
import { require, requireNotBefore, type Instant, type Rule, type Times } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { IsId } from "#platform/values/ids.js";
import { Optional } from "#platform/values/optional.js";
import { IsDay, IsInstant, utc } from "#platform/values/time.js";
import { answerClasses, type AnswerClass, type Template, type Templates } from "#vocabulary/templates.js";
import type { Consents } from "../consent/consents.js";
import type { Intake } from "../intake/intake.js";
import { requireOpen, type Openness } from "../open.js";
import { lacking, requireAnswers, type Answer } from "./answering.js";
import { requireAllowed } from "./asking.js";
import type { Assessments, AssessmentFact, ClassAnswers, OpenScore } from "./assessments.js";
import { scored } from "./scoring.js";

// Requests

/** What was answered to one question. */
export class AssessmentAnswer implements Answer {
  @Described("The question, by its id in the template")
  @IsString()
  @Matches(/^[a-z][A-Za-z0-9]{0,59}$/, { message: "$property must be the id of a question" })
  question!: string;

  @Described("Where it offers codes: those that were chosen")
  @Optional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(60, { each: true })
  codes?: string[];

  @Described("Where it asks for words") @Optional() @IsString() @MaxLength(10_000) text?: string;
  @Described("Where it asks for a number") @Optional() @IsNumber() @Min(-1_000_000) @Max(1_000_000) number?: number;
  @Described("Where it asks for a day") @Optional() @IsDay() day?: string;
}

/** A class of the answers, in one field of a request: whoever sends it needs the right to write the class. */
const Answers =
  (dataClass: AnswerClass): PropertyDecorator =>
  (target, property) => {
    for (const each of [
      Optional(),
      Personal(dataClass),
      IsArray(),
      ArrayMaxSize(150),
      ValidateNested({ each: true }),
      Type(() => AssessmentAnswer),
    ])
      each(target, property);
  };

/** Answers, each in the class of its question. */
class ByClass {
  @Answers("identity") identity?: AssessmentAnswer[];
  @Answers("contact") contact?: AssessmentAnswer[];
  @Answers("narrative") narrative?: AssessmentAnswer[];
  @Answers("health") health?: AssessmentAnswer[];
  @Answers("psychosocial") psychosocial?: AssessmentAnswer[];
  @Answers("legal") legal?: AssessmentAnswer[];
  @Answers("perpetrator") perpetrator?: AssessmentAnswer[];
  @Answers("safety") safety?: AssessmentAnswer[];
}

@Refuses(
  "AnswerOfAnotherKind",
  "AnswerRequired",
  "AnswersMissing",
  "AskingNotPermitted",
  "CaseNotOpen",
  "CodeNotOffered",
  "NumberOutOfBounds",
  "QuestionAnsweredTwice",
  "QuestionNotAsked",
  "QuestionUnknown",
  "ReviewAlreadyDue",
  "ReviewMissing",
  "ReviewTooLate",
  "TemplateUnknown",
)
export class CompleteAssessment extends ByClass {
  @Described("Which form, such as `RSK-1`")
  @IsString()
  @Matches(/^[A-Z][A-Z0-9]{1,9}-[0-9]{1,3}$/, { message: "$property must be the id of a template, such as RSK-1" })
  template!: string;

  @Described("In which version it was filled in; an older one is taken as well") @IsInt() @Min(1) @Max(10_000) version!: number;
  @Described("When it is repeated; if not said, as the template says") @Optional() @IsInstant() reviewBy?: Instant;
}

@Refuses(
  "AnswerOfAnotherKind",
  "AnswerRequired",
  "AnswersMissing",
  "AskingNotPermitted",
  "AssessmentNotStanding",
  "AssessmentUnknown",
  "CaseNotOpen",
  "CodeNotOffered",
  "NumberOutOfBounds",
  "QuestionAnsweredTwice",
  "QuestionNotAsked",
  "QuestionUnknown",
  "TemplateUnknown",
)
export class SupplementAssessment extends ByClass {
  @Described("Which one") @IsId() assessment!: string;
}

// Rules

type Needs = { assessments: Assessments; consents: Consents; intake: Intake; closure: Openness };
/** What the deployment tells the rules. */
export interface Deployed {
  readonly templates: Templates;
}
const day = 86_400_000;

/** Class by class, what was answered, with what follows from it. */
function toldBy(template: Template, request: ByClass, consents: Consents, times: Times) {
  const told = answerClasses.flatMap((each) => {
    const answers = request[each];
    return answers && answers.length > 0 ? [{ class: each, answers }] : [];
  });
  require(told.length > 0, "AnswersMissing");
  for (const { class: dataClass, answers } of told) {
    requireAnswers(template, dataClass, answers);
    requireAllowed(template, answers, consents, times);
  }
  return {
    classes: told.map((each) => each.class),
    incomplete: told.filter((each) => lacking(template, each.class, each.answers).length > 0).map((each) => each.class),
    answersIn: (dataClass: AnswerClass): readonly Answer[] => told.find((each) => each.class === dataClass)?.answers ?? [],
  };
}
type Told = ReturnType<typeof toldBy>;

const openScores = ({ scores, ...template }: Template, { answersIn }: Told, classes: readonly AnswerClass[]): OpenScore[] =>
  scores
    .filter((each) => each.open && classes.includes(each.class))
    .map((each) => ({ ...scored(template, each, answersIn(each.class)), class: each.class }));

/** What is sealed of it, class by class. */
const sealedBy = ({ scores, ...template }: Template, { classes, answersIn }: Told, subject: string) => {
  const contentOf = (dataClass: AnswerClass): ClassAnswers => ({
    answers: answersIn(dataClass).map(plain),
    scores: scores.filter((each) => !each.open && each.class === dataClass).map((each) => scored(template, each, answersIn(dataClass))),
  });
  return { [subject]: Object.fromEntries(classes.map((each) => [each, contentOf(each)])) as { [C in AnswerClass]?: ClassAnswers } };
};
const plain = ({ question, codes, text, number, day: on }: Answer): Answer => ({
  question,
  ...(codes && { codes }),
  ...(text !== undefined && { text }),
  ...(number !== undefined && { number }),
  ...(on !== undefined && { day: on }),
});

/** When it is repeated: as was said, within what the template allows; otherwise as the template says. */
function reviewOf({ reviewWithinDays, reviewRequired }: Template, said: Instant | undefined, { at, now }: Times): Instant | undefined {
  const latest = reviewWithinDays === undefined ? undefined : new Date(Date.parse(at) + reviewWithinDays * day).toISOString();
  if (said === undefined) {
    require(!reviewRequired, "ReviewMissing");
    return latest;
  }
  const reviewBy = utc(said);
  require(reviewBy > now, "ReviewAlreadyDue");
  require(latest === undefined || reviewBy <= latest, "ReviewTooLate", { hours: (reviewWithinDays ?? 0) * 24 });
  return reviewBy;
}

/**
 * A form that was filled in with her, or with those who know. What was left out may be told later, by whoever's field it is. The newest of a
 * template stands; the one before it is kept as it was.
 */
export const completeAssessment: Rule<Needs & Deployed, CompleteAssessment, AssessmentFact> = (state, request, context) => {
  const { assessments, consents, intake, closure, templates } = state;
  const { at, now, newId } = context;
  requireOpen(closure, at, now);
  const template = templates.find(request.template, request.version);
  require(template, "TemplateUnknown");
  const told = toldBy(template, request, consents, context);
  const reviewBy = reviewOf(template, request.reviewBy, context);
  const assessment = newId();
  const awaited = answerClasses.filter((each) => !told.classes.includes(each) && lacking(template, each, []).length > 0);
  const { classes, incomplete } = told;
  const data = { assessment, template: template.id, version: template.version, classes, incomplete, awaited };
  const completed: AssessmentFact = {
    type: "AssessmentCompleted",
    data: { ...data, scores: openScores(template, told, answerClasses), reviewBy },
    personal: sealedBy(template, told, intake.subject),
  };
  const others = assessments.filter((each) => each.template === template.id && !each.superseded);
  // What is told late is superseded by what was found since.
  const since = others.find((each) => each.at > at);
  if (since) return [completed, { type: "AssessmentSuperseded", data: { assessment, by: since.assessment } }];
  return [
    completed,
    ...others.map((each): AssessmentFact => ({ type: "AssessmentSuperseded", data: { assessment: each.assessment, by: assessment } })),
  ];
};

/** Of another field, or once more: a class is told whole, and what was told of it before stays in the history. */
export const supplementAssessment: Rule<Needs & Deployed, SupplementAssessment, AssessmentFact> = (state, request, context) => {
  const { assessments, consents, intake, closure, templates } = state;
  requireOpen(closure, context.at, context.now);
  const found = assessments.find((each) => each.assessment === request.assessment);
  require(found, "AssessmentUnknown");
  require(!found.superseded, "AssessmentNotStanding");
  requireNotBefore(context.at, found.at);
  const template = templates.find(found.template, found.version);
  require(template, "TemplateUnknown");
  const told = toldBy(template, request, consents, context);
  const { classes, incomplete } = told;
  const data = { assessment: found.assessment, classes, incomplete, scores: openScores(template, told, classes) };
  return [{ type: "AssessmentSupplemented", data, personal: sealedBy(template, told, intake.subject) }];
};
