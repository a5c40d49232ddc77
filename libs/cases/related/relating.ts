import { IsIn } from "class-validator";
import { requireApprover } from "#access/approvals.js";
import { Described } from "#kernel/described.js";
import { require, requireNotBefore, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { IsId } from "#platform/values/ids.js";
import type { Intake } from "../intake/intake.js";
import { requireOpen, type Openness } from "../open.js";
import type { RelatedCase, RelatedCaseFact, RelatedCases } from "./related.js";
import { relations, unlinkReasons, type Relation, type UnlinkReason } from "./vocabulary.js";

/** What of the other case a rule is told. */
export interface OtherCase {
  readonly subject: string;
  readonly openedAt: Instant | null;
}

// Requests

@Refuses("AlreadyRelated", "CaseNotOpen", "RelatedToItself")
export class LinkRelatedCase {
  @Described("The other case; one has to stand to both") @IsId() relatedCase!: string;
  @Described("What the other is to her") @IsIn(relations) relation!: Relation;
}
@Refuses("ApproverIsRequester", "ApproverOfAnotherRole", "ApproverOfOwnOrganisation", "RelatedCaseUnknown")
export class ConfirmRelatedCase {
  @Described("The other case") @IsId() relatedCase!: string;
}
@Refuses("ApproverIsRequester", "ApproverOfAnotherRole", "ApproverOfOwnOrganisation", "RelatedCaseUnknown")
export class UnlinkRelatedCase {
  @Described("The other case") @IsId() relatedCase!: string;
  @Described("Why") @IsIn(unlinkReasons) reason!: UnlinkReason;
}

// Rules

type Needs = { relatedCases: RelatedCases; other: OtherCase };

/** Links to the other case that stand. @throws Refusal, where there never was one */
function standingWith(state: RelatedCases, relatedCase: string): readonly RelatedCase[] {
  const all = state.filter(({ related }) => related === relatedCase);
  require(all.length > 0, "RelatedCaseUnknown");
  return all.filter(({ unlinkedAt }) => unlinkedAt === null);
}

/** Siblings, a mother and her child, a household: they may share a room and a journey, and each keeps a case of her own. */
export const linkRelatedCase: Rule<Needs & { intake: Intake; closure: Openness }, LinkRelatedCase, RelatedCaseFact> = (
  { relatedCases, other, intake, closure },
  { relatedCase, relation },
  { at, now, actor, newId },
) => {
  requireOpen(closure, at, now);
  require(other.subject !== intake.subject, "RelatedToItself");
  requireNotBefore(at, other.openedAt);
  const known = relatedCases.filter(({ related, unlinkedAt }) => related === relatedCase && unlinkedAt === null);
  if (known.some((each) => each.relation === relation)) return [];
  require(known.length === 0, "AlreadyRelated");
  return [{ type: "RelatedCaseLinked", data: { link: newId(), related: relatedCase, relation, requestedBy: actor.id } }];
};

/**
 * Whoever could take a child into her room, or home, by a link is looked at by a supervisor first, who did not ask for it herself. A link that was taken
 * back is claimed anew before anybody checks it: nobody is told that she has checked what does not stand.
 */
export const confirmRelatedCase: Rule<Needs, ConfirmRelatedCase, RelatedCaseFact> = ({ relatedCases }, { relatedCase }, { at, actor }) => {
  const links = standingWith(relatedCases, relatedCase);
  require(links.length > 0, "RelatedCaseUnknown");
  return links
    .filter(({ confirmedAt }) => confirmedAt === null)
    .map((each) => {
      requireNotBefore(at, each.at);
      requireApprover("relatedCases", each, actor);
      return { type: "RelatedCaseConfirmed", data: { link: each.link, related: relatedCase, confirmedBy: actor.id } };
    });
};

/** What a supervisor has checked, a supervisor takes back. */
export const unlinkRelatedCase: Rule<Needs, UnlinkRelatedCase, RelatedCaseFact> = (
  { relatedCases },
  { relatedCase, reason },
  { at, actor },
) =>
  standingWith(relatedCases, relatedCase).map(({ link, confirmedAt, at: linkedAt }) => {
    requireNotBefore(at, linkedAt);
    if (confirmedAt !== null) requireApprover("relatedCases", {}, actor);
    return { type: "RelatedCaseUnlinked", data: { link, related: relatedCase, reason } };
  });

// What was told in one case, told in the other

const seenFrom: Readonly<Record<Relation, Relation>> = {
  Sibling: "Sibling",
  Spouse: "Spouse",
  Parent: "Child",
  Child: "Parent",
  AccompanyingChild: "AccompanyingAdult",
  AccompanyingAdult: "AccompanyingChild",
  OtherFamily: "OtherFamily",
  Household: "Household",
};

type Told<Type extends RelatedCaseFact["type"]> = Extract<RelatedCaseFact, { type: Type }>["data"];

const linked = (state: RelatedCases, link: string): RelatedCase | undefined => state.find((each) => each.link === link);

export const tellRelatedLinked: Rule<{ relatedCases: RelatedCases }, Told<"RelatedCaseLinked">, RelatedCaseFact> = (
  { relatedCases },
  { link, related, relation, requestedBy },
) =>
  linked(relatedCases, link) ? [] : [{ type: "RelatedCaseLinked", data: { link, related, relation: seenFrom[relation], requestedBy } }];

export const tellRelatedConfirmed: Rule<{ relatedCases: RelatedCases }, Told<"RelatedCaseConfirmed">, RelatedCaseFact> = (
  { relatedCases },
  { link, related, confirmedBy },
) => {
  const known = linked(relatedCases, link);
  require(known, "RelatedCaseUnknown");
  return known.confirmedAt === null ? [{ type: "RelatedCaseConfirmed", data: { link, related, confirmedBy } }] : [];
};

export const tellRelatedUnlinked: Rule<{ relatedCases: RelatedCases }, Told<"RelatedCaseUnlinked">, RelatedCaseFact> = (
  { relatedCases },
  { link, related, reason },
) => {
  const known = linked(relatedCases, link);
  require(known, "RelatedCaseUnknown");
  return known.unlinkedAt === null ? [{ type: "RelatedCaseUnlinked", data: { link, related, reason } }] : [];
};
