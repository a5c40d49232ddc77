import { Field, Int, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import { IsIn, IsInt, IsString, Matches, Max, Min } from "class-validator";
import type { Answered, Call } from "#api/operations/operation.js";
import { Described } from "#kernel/described.js";
import type { Labels } from "#kernel/labels.js";
import { malformed } from "#platform/http/problem.js";
import { Optional } from "#platform/values/optional.js";
import { FromDigits } from "#platform/values/values.js";
import { formLanguages, type FormLanguage, type Question, type Template, type Templates } from "#vocabulary/templates.js";
import { versionOf } from "./scoring.js";

@ObjectType("OfferedCode")
export class OfferedCode {
  @Field({ description: "As it is sent and kept" }) @ApiProperty() code!: string;
  @Field({ description: "What it is called, in the language that was asked for" }) @ApiProperty() label!: string;
}

@ObjectType("TemplateQuestion")
export class TemplateQuestion {
  @Field({ description: "By which it is answered" }) @ApiProperty() id!: string;
  @Field({ description: "The field of the request in which it is answered, and who may read the answer" }) @ApiProperty() class!: string;
  @Field({ description: "What it is asked for" }) @ApiProperty() purpose!: string;
  @Field({ description: "OneCode, SeveralCodes, Text, Number or Day" }) @ApiProperty() kind!: string;
  @Field({ description: "What is asked" }) @ApiProperty() label!: string;
  @Field({ description: "Without an answer the assessment is incomplete" }) @ApiProperty() required!: boolean;
  @Field({ description: "Without an answer its class is not taken" }) @ApiProperty() strictly!: boolean;
  @Field(() => String, { nullable: true, description: "It is asked where this earlier question was answered so; null: always" })
  @ApiProperty({ type: String, nullable: true })
  whenQuestion!: string | null;
  @Field(() => [String], { description: "With one of these codes" }) @ApiProperty({ type: [String] }) whenCodes!: string[];
  @Field(() => [OfferedCode], { description: "What can be chosen" }) @ApiProperty({ type: [OfferedCode] }) codes!: OfferedCode[];
  @Field(() => Int, { nullable: true, description: "Of a number: the least" }) @ApiProperty({ type: "integer", nullable: true }) least!:
    number | null;
  @Field(() => Int, { nullable: true, description: "Of a number: the most" }) @ApiProperty({ type: "integer", nullable: true }) most!:
    number | null;
}

@ObjectType("TemplateScore")
export class TemplateScore {
  @Field({ description: "By which it is told" }) @ApiProperty() id!: string;
  @Field({ description: "What it is called" }) @ApiProperty() label!: string;
  @Field({ description: "Sum or Product" }) @ApiProperty() rule!: string;
  @Field(() => Int, { description: "By which it is made today" }) @ApiProperty({ type: "integer" }) ruleVersion!: number;
  @Field(() => [String], { description: "The questions that it counts" }) @ApiProperty({ type: [String] }) questions!: string[];
  @Field({ description: "False: it is sealed with the answers" }) @ApiProperty() open!: boolean;
}

@ObjectType("AssessmentTemplate")
export class AssessmentTemplate {
  @Field({ description: "Such as RSK-1" }) @ApiProperty() template!: string;
  @Field(() => Int, { description: "Of the form" }) @ApiProperty({ type: "integer" }) version!: number;
  @Field(() => [Int], { description: "All that there are" })
  @ApiProperty({ type: "array", items: { type: "integer" } })
  versions!: number[];
  @Field({ description: "What it is called" }) @ApiProperty() label!: string;
  @Field(() => [TemplateQuestion], { description: "In the order in which they are asked" })
  @ApiProperty({ type: [TemplateQuestion] })
  questions!: TemplateQuestion[];
  @Field(() => [TemplateScore], { description: "What follows from the answers" })
  @ApiProperty({ type: [TemplateScore] })
  scores!: TemplateScore[];
  @Field(() => Int, { nullable: true, description: "Days within which it is repeated" })
  @ApiProperty({ type: "integer", nullable: true })
  reviewWithinDays!: number | null;
  @Field({ description: "Whoever completes it says when it is repeated" }) @ApiProperty() reviewRequired!: boolean;
}

export class AssessmentTemplates {
  @Described("In which language its labels are told; English, if not said") @Optional() @IsIn(formLanguages) language?: FormLanguage;
  @Described("This one alone, such as `RSK-1`")
  @Optional()
  @IsString()
  @Matches(/^[A-Z][A-Z0-9]{1,9}-[0-9]{1,3}$/, { message: "$property must be the id of a template, such as RSK-1" })
  template?: string;
  @Described("Of that one, this version; the newest, if not said") @Optional() @FromDigits() @IsInt() @Min(1) @Max(10_000) version?: number;
}

/** The forms of assessments, so that a frontend can draw them. They tell of nobody, and whoever signs in may read them. */
export const templatesOperation: Answered = {
  name: "assessmentTemplates",
  kind: "query",
  path: "/assessment-templates",
  tag: "vocabularies",
  summary: "the forms of assessments, the newest version of each, or one by its id and version",
  input: AssessmentTemplates,
  returns: AssessmentTemplate,
  list: true,
  permission: "anybody",
  run: async ({ input, services: { templates } }: Call) => {
    const { language = "en", template, version } = input as AssessmentTemplates;
    if (version !== undefined && template === undefined) throw malformed("template", "given, where a version is");
    const one = template === undefined ? undefined : templates.find(template, version);
    const found = template === undefined ? templates.newest() : one ? [one] : [];
    return { body: found.map((each) => toldIn(language, each, templates)) };
  },
};

function toldIn(language: FormLanguage, template: Template, templates: Templates): AssessmentTemplate {
  const label = (labels: Labels): string => labels[formLanguages.indexOf(language)]!;
  const { id, version, labels, questions, scores, reviewWithinDays = null, reviewRequired } = template;
  const asked = ({ when, codes, least, most, ...each }: Question): TemplateQuestion => ({
    ...{ id: each.id, class: each.class, purpose: each.purpose, kind: each.kind, label: label(each.labels) },
    ...{ required: each.required, strictly: each.strictly, whenQuestion: when?.question ?? null, whenCodes: [...(when?.codes ?? [])] },
    ...{ codes: codes.map((offered) => ({ code: offered.code, label: label(offered.labels) })), least: least ?? null, most: most ?? null },
  });
  return {
    ...{ template: id, version, versions: [...templates.versionsOf(id)], label: label(labels), questions: questions.map(asked) },
    scores: scores.map(({ id: score, rule, open, ...each }) => ({
      ...{ id: score, label: label(each.labels), rule, ruleVersion: versionOf(rule), questions: [...each.questions], open },
    })),
    ...{ reviewWithinDays, reviewRequired },
  };
}
