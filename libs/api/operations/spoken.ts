import type { IncomingHttpHeaders } from "node:http";
import type { Labels, Vocabulary } from "#kernel/labels.js";
import { languageOf, languages, type Language } from "#platform/http/language.js";
import { notAsThingsStand, type Problem } from "#platform/http/problem.js";

let refusals: Vocabulary = {};
const notAllowed: Labels = [
  notAsThingsStand,
  "Kanuni za kumbukumbu haziruhusu kwa hali ilivyo sasa.",
  "Les règles du dossier ne le permettent pas en l'état.",
];

/** What refusals are called in the languages of the shelters: told once, at the start. */
export const sayRefusals = (all: Vocabulary): void => void (refusals = all);

/** The language that whoever asks wants to be answered in. */
export const spokenBy = (headers: IncomingHttpHeaders): Language => languageOf(headers["accept-language"]);

/** A refusal, said in a language of the shelters. What only a program gets wrong is told in English. */
export function spoken(problem: Problem, language: Language): Problem {
  const labels = Object.hasOwn(refusals, problem.code) ? refusals[problem.code] : undefined;
  if (!labels) return problem;
  const place = languages.indexOf(language);
  return { ...problem, title: labels[place]!, ...(problem.detail === notAsThingsStand && { detail: notAllowed[place]! }) };
}
