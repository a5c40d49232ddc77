import { ended, held, relation } from "#projection/declare/relation.js";
import { cases } from "../cases.js";
import { accessOf } from "./break-glass.js";

/**
 * Whoever has invoked it, until its time is over: to read, and where she stays and how she is kept safe only if a life is at stake. It opens
 * the case itself, and no list.
 */
export const byBreakGlass = relation(cases)("break-glass", {
  listed: false,
  readOnly: true,
  as: ({ id }) => [id],
  holds: ({ breakGlass }, { holder, now }) => accessOf(breakGlass, holder, now) !== undefined,
  closed: ({ breakGlass }, { holder, now }) => (accessOf(breakGlass, holder, now)?.threatToLife ? [] : ["location", "safety"]),
  told: {
    BreakGlassInvoked: ({ data: { access, by, until } }) => held(by, { key: access, until }),
    BreakGlassReviewed: ({ data: { access, by, finding } }) => (finding === "Misuse" ? ended(by, { key: access }) : null),
  },
});
