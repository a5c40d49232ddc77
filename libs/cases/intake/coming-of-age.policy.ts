import { due, dueAt, settled } from "#projection/declare/due.js";
import { ask } from "#projection/declare/policy.js";
import { cases } from "../cases.js";
import { cameOfAgeAt } from "./age.js";
import { comeOfAge } from "./intake.js";

/** A child comes of age: until then she is one. */
export const comingOfAge = due(cases)(
  "coming-of-age",
  {
    AgeAssessed: ({ streamId, data: { isChild, birthYear } }) =>
      isChild && birthYear !== undefined ? dueAt(streamId, cameOfAgeAt(birthYear)) : settled(streamId),
    AgeQuestioned: ({ streamId }) => settled(streamId),
    CameOfAge: ({ streamId }) => settled(streamId),
  },
  ({ id, at }) => ask(cases, id, comeOfAge, { birthYear: Number(at.slice(0, 4)) - 19 }),
);
