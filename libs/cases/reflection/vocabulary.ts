/** By whose law a period is granted. */
export const jurisdictions = ["TanzaniaMainland", "Zanzibar", "Other"] as const;
export type Jurisdiction = (typeof jurisdictions)[number];
/** Why a period ends before its time: never because it suits anybody else. */
export const reflectionEnds = ["HerOwnDecision", "LeftTheCountry"] as const;
export type ReflectionEnd = (typeof reflectionEnds)[number];
/** Why it has ended; `Elapsed`: its time is over. */
export const reflectionOutcomes = ["HerOwnDecision", "LeftTheCountry", "Elapsed"] as const;
export type ReflectionOutcome = (typeof reflectionOutcomes)[number];
