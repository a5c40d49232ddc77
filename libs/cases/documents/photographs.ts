import { require, type Times } from "#kernel/kernel.js";
import { isAllowed, type Consents } from "../consent/consents.js";
import { isChildAt, type Ages } from "../intake/age.js";
import type { DocumentClass, DocumentKind } from "./vocabulary.js";

/** A photograph in one of these shows her; what stands elsewhere shows who or what endangers her. */
const classesOfHer: readonly DocumentClass[] = ["identity", "narrative", "health", "psychosocial"];

/**
 * A picture of her needs her consent to it, and of a child there is none (requirement 6 of the field's reference): it is asked when the picture is
 * added, and again whenever it is handed out. @throws Refusal NoPhotographsOfChildren, PhotographNotConsented
 */
export function requirePhotographable(
  { intake, consents }: { readonly intake: Ages; readonly consents: Consents },
  { kind, about }: { readonly kind: DocumentKind; readonly about: DocumentClass },
  times: Times,
): void {
  if (kind !== "Photograph" || !classesOfHer.includes(about)) return;
  const { at, now } = times;
  require(!isChildAt(intake, times) && !isChildAt(intake, { ...times, at: now }), "NoPhotographsOfChildren");
  require(isAllowed(consents, "PhotoMedia", at) && isAllowed(consents, "PhotoMedia", now), "PhotographNotConsented");
}
