import { inserted } from "#kernel/in-time.js";
import { slice, type Instant } from "#kernel/kernel.js";
import type { AnswerClass } from "#vocabulary/templates.js";
import type { Answer } from "./answering.js";
import type { Scored } from "./scoring.js";

// Facts

/** What is sealed in a class: what she answered, and the scores that do not stand in the open. */
export interface ClassAnswers {
  answers: Answer[];
  scores: Scored[];
}
type Answers = Record<string, { [Class in AnswerClass]?: ClassAnswers }>;

/** A score in the open, with the class whose answers it rests on. */
export interface OpenScore extends Scored {
  class: AnswerClass;
}

/** Which questions were answered would tell of the answers: in the open stand classes alone. */
export type AssessmentFact =
  | {
      type: "AssessmentCompleted";
      data: {
        assessment: string;
        template: string;
        version: number;
        /** Those in which something was answered. */
        classes: AnswerClass[];
        /** Those of them in which a required answer is missing. */
        incomplete: AnswerClass[];
        /** Those in which something is required, and nothing was answered. */
        awaited: AnswerClass[];
        scores: OpenScore[];
        reviewBy?: Instant | undefined;
      };
      personal: Answers;
    }
  | {
      type: "AssessmentSupplemented";
      data: { assessment: string; classes: AnswerClass[]; incomplete: AnswerClass[]; scores: OpenScore[] };
      personal: Answers;
    }
  | { type: "AssessmentSuperseded"; data: { assessment: string; by: string } };

// State

/** One form that was filled in with her. */
export interface Assessment {
  readonly assessment: string;
  readonly template: string;
  readonly version: number;
  readonly at: Instant;
  readonly superseded: boolean;
}

/** In order of time. */
export type Assessments = readonly Assessment[];

export const assessments = slice<AssessmentFact>()<Assessments>(
  [],
  {
    AssessmentCompleted: (state, { assessment, template, version }, { at }) =>
      inserted(state, { assessment, template, version, at, superseded: false }),
    AssessmentSupplemented: (state) => state,
    AssessmentSuperseded: (state, { assessment }) =>
      state.map((each) => (each.assessment === assessment ? { ...each, superseded: true } : each)),
  },
  {},
  // A form that was filled in by mistake is filled in anew, which takes its place.
  { AssessmentSupplemented: [] },
);
