import { eachOf, right, type Expectation } from "./expectation.js";

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: { denials: right("read", "access", "all") },
  answers: {
    Denial: {
      ...eachOf(["id", "stale", "skipped"], "open"),
      ...eachOf(["at", "by", "kind", "record", "route", "act", "on"], "access"),
    },
  },
  states: { access: { disclosures: "access" }, denials: { denialCount: "access" } },
  facts: eachOf(["PersonalDataDisclosed", "AccessDenied", "AskedInVain"], "access"),
};
