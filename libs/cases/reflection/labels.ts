import type { Vocabulary } from "#kernel/labels.js";
import type * as codes from "./vocabulary.js";

const jurisdiction: Vocabulary<codes.Jurisdiction> = {
  TanzaniaMainland: ["Mainland Tanzania", "Tanzania Bara", "Tanzanie continentale"],
  Zanzibar: ["Zanzibar", "Zanzibar", "Zanzibar"],
  Other: ["Other", "Nyingine", "Autre"],
};
const reflectionEnd: Vocabulary<codes.ReflectionEnd> = {
  HerOwnDecision: ["She decided so herself", "Ameamua mwenyewe", "Elle en a décidé elle-même"],
  LeftTheCountry: ["She left the country", "Ameondoka nchini", "Elle a quitté le pays"],
};
const reflectionOutcome: Vocabulary<codes.ReflectionOutcome> = {
  ...reflectionEnd,
  Elapsed: ["Its time is over", "Muda wake umekwisha", "Son délai est écoulé"],
};

/** Whose law a period is granted by, and why it ends. */
export const reflectionVocabularies = { jurisdiction, reflectionEnd, reflectionOutcome };
