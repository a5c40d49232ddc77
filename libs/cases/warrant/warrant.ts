import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsIn, IsInt, IsString, Matches, Max, Min } from "class-validator";
import { Described } from "#kernel/described.js";
import { require, slice, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { IsId } from "#platform/values/ids.js";
import { warrantAreas, warrantReasons, type WarrantArea, type WarrantReason } from "./vocabulary.js";

// Facts

export type WarrantFact =
  | {
      type: "WarrantIssued";
      data: { warrant: string; holder: string; areas: WarrantArea[]; reason: WarrantReason; until: Instant };
    }
  | { type: "WarrantRevoked"; data: { warrant: string; holder: string } };

// State

/** A leave to read the content of one case, for somebody who else sees what happened alone. */
export interface Warrant {
  readonly warrant: string;
  readonly holder: string;
  readonly areas: readonly WarrantArea[];
  /** When it ends, or was revoked. */
  readonly until: Instant;
}
export type Warrants = readonly Warrant[];

export const warrants = slice<WarrantFact>()<Warrants>([], {
  WarrantIssued: (state, { warrant, holder, areas, until }) => [...state, { warrant, holder, areas, until }],
  WarrantRevoked: (state, { warrant }, { at }) => state.map((each) => (each.warrant === warrant ? { ...each, until: at } : each)),
});

/** What somebody may read by warrants that stand now. */
export const openedTo = (state: Warrants, holder: string, now: Instant): readonly WarrantArea[] => [
  ...new Set(state.filter((each) => each.holder === holder && now < each.until).flatMap(({ areas }) => areas)),
];

// Requests

@Refuses("OwnWarrant")
export class IssueWarrant {
  @Described("Who may read by it: the id of an auditor")
  @IsString()
  @Matches(/^[\w|:.-]{1,100}$/, { message: "$property must be the id of a person, of letters, digits and | : . - _" })
  holder!: string;
  @Described("What it opens")
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(warrantAreas.length)
  @IsIn(warrantAreas, { each: true })
  areas!: WarrantArea[];
  @Described("What it is for") @IsIn(warrantReasons) reason!: WarrantReason;
  @Described("For how long, 30 at most") @IsInt() @Min(1) @Max(30) days!: number;
}
@Refuses("WarrantUnknown")
export class RevokeWarrant {
  @Described("Which one") @IsId() warrant!: string;
}

// Rules

type Needs = { warrants: Warrants };
const day = 86_400_000;

/**
 * Auditors see what happened; the content of a case only by a warrant for that case (numbered requirement 25), for thirty days at most, and
 * issued by somebody else.
 */
export const issueWarrant: Rule<Needs, IssueWarrant, WarrantFact> = (state, { holder, areas, reason, days }, { actor, now, newId }) => {
  require(holder !== actor.id, "OwnWarrant");
  const until = new Date(Date.parse(now) + days * day).toISOString();
  const lasting = state.warrants.filter((each) => each.until >= until);
  if (areas.every((area) => openedTo(lasting, holder, now).includes(area))) return [];
  return [{ type: "WarrantIssued", data: { warrant: newId(), holder, areas: [...new Set(areas)], reason, until } }];
};

/** At once. One that is over, or was revoked, is so already. */
export const revokeWarrant: Rule<Needs, RevokeWarrant, WarrantFact> = (state, { warrant }, { now }) => {
  const found = state.warrants.find((each) => each.warrant === warrant);
  require(found, "WarrantUnknown");
  return found.until <= now ? [] : [{ type: "WarrantRevoked", data: { warrant, holder: found.holder } }];
};
