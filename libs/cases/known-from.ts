import { IsIn } from "class-validator";
import { Described } from "#kernel/described.js";
import type { Vocabulary } from "#kernel/labels.js";
import { Optional } from "#platform/values/optional.js";

/**
 * From whom or what something about a person is known. Data that comes from others than herself needs its basis on record (Tanzania's Personal Data
 * Protection Act, Cap. 44; IOM data protection principles). Codes are stored and never change.
 */
export const knownFromCodes = [
  "Self",
  "Family",
  "Police",
  "OtherOrganisation",
  "Community",
  "Document",
  "OwnObservation",
  "Unknown",
] as const;
export type KnownFrom = (typeof knownFromCodes)[number];

/** What a request that tells of a person says of its source. */
export class WithSource {
  @Described("From whom or what this is known; not said: Unknown") @Optional() @IsIn(knownFromCodes) knownFrom?: KnownFrom;
}

/** As the fact keeps it. */
export const sourceOf = ({ knownFrom = "Unknown" }: WithSource): { knownFrom: KnownFrom } => ({ knownFrom });

/** The first version of these facts did not say where they came from. */
export const fromUnknown = <Data extends object>(data: Data): Data & { knownFrom: KnownFrom } => ({ ...data, knownFrom: "Unknown" });

const knownFrom: Vocabulary<KnownFrom> = {
  Self: ["The person herself or himself", "Mhusika mwenyewe", "La personne elle-même"],
  Family: ["Family", "Familia", "Famille"],
  Police: ["Police", "Polisi", "Police"],
  OtherOrganisation: ["Another organisation", "Shirika lingine", "Une autre organisation"],
  Community: ["Community", "Jamii", "Communauté"],
  Document: ["A document", "Hati", "Un document"],
  OwnObservation: ["The worker's own observation", "Mfanyakazi ameona mwenyewe", "Observation de l'intervenante"],
  Unknown: ["Unknown", "Haijulikani", "Inconnue"],
};
export const sourceVocabularies = { knownFrom };
