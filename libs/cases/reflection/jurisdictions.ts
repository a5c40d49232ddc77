import type { Jurisdiction } from "./vocabulary.js";

/**
 * The least number of days of a recovery and reflection period, by jurisdiction: 30 (Council of Europe Convention on Action against Trafficking,
 * article 13), or more where a law gives more. Zanzibar has a law of its own, and so a line of its own.
 */
export const leastReflectionDays: Readonly<Record<Jurisdiction, number>> = {
  TanzaniaMainland: 30,
  Zanzibar: 30,
  Other: 30,
};
