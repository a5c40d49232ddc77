import { due, dueAt, settled } from "#projection/declare/due.js";
import { ask } from "#projection/declare/policy.js";
import { cases } from "../cases.js";
import { elapseReflectionPeriod } from "./reflecting.js";
import { later } from "./reflection.js";

/** A period whose time is over is put on record as ended. */
export const reflectionElapsing = due(cases)(
  "reflection-elapsing",
  {
    ReflectionPeriodGranted: ({ data: { period, until } }) => dueAt(period, until),
    ReflectionPeriodExtended: ({ data: { period, until } }, before) => dueAt(period, later(until, before ?? until)),
    ReflectionPeriodEnded: ({ data: { period } }) => settled(period),
  },
  ({ id, key }) => ask(cases, id, elapseReflectionPeriod, { period: key }),
);
