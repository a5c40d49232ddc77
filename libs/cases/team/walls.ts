import { IsIn, IsString, Matches } from "class-validator";
import { IsId } from "#platform/values/ids.js";
import { Described } from "#kernel/described.js";
import { require, slice, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { barredKinds, loweringReasons, wallReasons, type BarredKind, type LoweringReason, type WallReason } from "./vocabulary.js";

// Facts

export type WallFact =
  | { type: "WallRaised"; data: { wall: string; barred: string; kind: BarredKind; reason: WallReason } }
  | { type: "WallLowered"; data: { wall: string; barred: string; reason: LoweringReason } };

// State

export interface Wall {
  readonly wall: string;
  readonly barred: string;
  readonly kind: BarredKind;
}
/** The walls that stand. */
export type Walls = readonly Wall[];

export const walls = slice<WallFact>()<Walls>([], {
  WallRaised: (state, { wall, barred, kind }) => [...state, { wall, barred, kind }],
  WallLowered: (state, { wall }) => state.filter((each) => each.wall !== wall),
});

/** Does a wall keep out somebody, by one of the ids by which she is known: her own, her organisation's? */
export const isBarred = (state: Walls, ids: readonly string[]): boolean => state.some(({ barred }) => ids.includes(barred));

// Requests

@Refuses("OwnOrganisation")
export class RaiseWall {
  @Described("The id of the person or the organisation that is kept out")
  @IsString()
  @Matches(/^[\w|:.-]{1,100}$/, { message: "$property must be the id of a person or an organisation, of letters, digits and | : . - _" })
  barred!: string;
  @Described("Which of the two") @IsIn(barredKinds) kind!: BarredKind;
  @Described("What the conflict of interest is") @IsIn(wallReasons) reason!: WallReason;
}
@Refuses("WallNeedsSupervisor")
export class LowerWall {
  @Described("Which one") @IsId() wall!: string;
  @Described("Why it is not needed any more") @IsIn(loweringReasons) reason!: LoweringReason;
}

// Rules

/**
 * Whoever has a conflict of interest sees nothing of the case, and does not learn that there is one (numbered requirement 10). One may say so of
 * oneself; nobody walls off her own organisation, since nobody would be left to look after her.
 */
export const raiseWall: Rule<{ walls: Walls }, RaiseWall, WallFact> = (state, { barred, kind, reason }, { actor, newId }) => {
  require(kind !== "Organisation" || barred !== actor.organisation, "OwnOrganisation");
  if (isBarred(state.walls, [barred])) return [];
  return [{ type: "WallRaised", data: { wall: newId(), barred, kind, reason } }];
};

/** A no stays: only a supervisor takes a wall down, and says why. */
export const lowerWall: Rule<{ walls: Walls }, LowerWall, WallFact> = (state, { wall, reason }, { actor }) => {
  require(actor.role === "supervisor", "WallNeedsSupervisor");
  const found = state.walls.find((each) => each.wall === wall);
  return found ? [{ type: "WallLowered", data: { wall, barred: found.barred, reason } }] : [];
};
