import { IsBoolean, IsIn } from "class-validator";
import { IsId } from "#platform/values/ids.js";
import { Described } from "#kernel/described.js";
import { earlier, isDuring, nextAfter, standingAt } from "#kernel/in-time.js";
import { require, requireNotBefore, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import type { Capacity } from "../capacity/capacity.js";
import { Optional } from "#platform/values/optional.js";
import { IsInstant, utc } from "#platform/values/time.js";
import { IsBedCode } from "../bed-code.js";
import { exitTypes, type ExitType } from "#vocabulary/stays.js";
import { chooseBed, type Resident } from "./beds.js";
import { bedOf, endOf, nextStayAt, stayAt, usesDuring, type Stay, type StayFact, type Stays } from "./stays.js";

// Requests

@Refuses(
  "AlreadyResident",
  "BedCategoryNotSuitable",
  "BedOccupied",
  "BedOutOfService",
  "BedReservedForAnother",
  "BedUnknown",
  "CaseNotServed",
  "NoBedAvailable",
  "OverflowNotAccepted",
  "ReservationAlreadyExpired",
  "ReservationTooLong",
)
export class ReserveBed {
  @Described("Whose case it is") @IsId() caseId!: string;
  @Described("Which one; not said: the first that suits her") @Optional() @IsBedCode() bed?: string;
  @Described("She comes with her family") @Optional() @IsBoolean() family?: boolean;
  @Described("A bed kept for when the house is full will do") @Optional() @IsBoolean() acceptOverflow?: boolean;
  @Described("When it lapses if she has not come") @IsInstant() until!: Instant;
}
@Refuses("ReservationUnknown")
export class ReleaseReservation {
  @Described("Which one") @IsId() reservation!: string;
}
@Refuses(
  "AdmissionNotVoluntary",
  "BedCategoryNotSuitable",
  "BedOccupied",
  "BedOutOfService",
  "BedReservedForAnother",
  "BedUnknown",
  "CaseNotServed",
  "HouseRulesNotExplained",
  "NoBedAvailable",
  "OverflowNotAccepted",
  "StayOverlaps",
)
export class AdmitResident {
  @Described("Whose case it is") @IsId() caseId!: string;
  @Described("Which one; not said: the one reserved for her, or the first that suits her") @Optional() @IsBedCode() bed?: string;
  @Described("She comes of her own will") @IsBoolean() voluntary!: boolean;
  @Described("She was told the rules of the house") @IsBoolean() houseRulesExplained!: boolean;
  @Described("She comes with her family") @Optional() @IsBoolean() family?: boolean;
  @Described("A bed kept for when the house is full will do") @Optional() @IsBoolean() acceptOverflow?: boolean;
}
@Refuses(
  "BedCategoryNotSuitable",
  "BedOccupied",
  "BedOutOfService",
  "BedReservedForAnother",
  "BedUnknown",
  "NoBedAvailable",
  "NotResident",
  "OverflowNotAccepted",
)
export class MoveResident {
  @Described("Whose case it is") @IsId() caseId!: string;
  @Described("Where to") @IsBedCode() bed!: string;
  @Described("She is there with her family") @Optional() @IsBoolean() family?: boolean;
  @Described("A bed kept for when the house is full will do") @Optional() @IsBoolean() acceptOverflow?: boolean;
}
@Refuses("LeaveAlreadyOver", "NotResident")
export class GrantLeave {
  @Described("Whose stay it is") @IsId() stay!: string;
  @Described("When she is expected back") @IsInstant() until!: Instant;
}
@Refuses("NotResident")
export class RecordReturn {
  @Described("Whose stay it is") @IsId() stay!: string;
}
@Refuses("StayUnknown")
export class DischargeResident {
  @Described("Whose stay it is") @IsId() stay!: string;
  @Described("Where she goes") @IsIn(exitTypes) exitType!: ExitType;
}

// Rules

type House = { capacity: Capacity; stays: Stays; resident: Resident };
const longestReservation = 72 * 3_600_000;

/** A bed is kept for at most 72 hours from now, so that it does not stand empty while somebody is turned away. */
export const reserveBed: Rule<House, ReserveBed, StayFact> = (house, request, { at, now, newId }) => {
  const { caseId } = request;
  const until = utc(request.until);
  require(house.resident.served, "CaseNotServed");
  requireNotBefore(at, house.resident.openedAt);
  require(until > now, "ReservationAlreadyExpired");
  require(Date.parse(until) - Date.parse(now) <= longestReservation, "ReservationTooLong", { hours: 72 });
  require(!stayAt(house.stays, caseId, at), "AlreadyResident");
  const { bed } = chooseBed(house, request, { from: at, until });
  const kept = usesDuring(house.stays, { from: at, until }).filter((each) => each.kept && each.caseId === caseId);
  const same = kept.some((each) => each.from <= at && each.bed === bed && each.until === until);
  return same ? [] : [{ type: "BedReserved", data: { reservation: newId(), caseId, bed, until } }];
};

export const releaseReservation: Rule<{ stays: Stays }, ReleaseReservation, StayFact> = ({ stays }, { reservation }, { at }) => {
  const kept = stays.reservations.find((each) => each.reservation === reservation);
  require(kept, "ReservationUnknown");
  if (kept.until <= at) return [];
  requireNotBefore(at, kept.at);
  return [{ type: "ReservationReleased", data: { reservation, caseId: kept.caseId } }];
};

/** She did not come in time: the bed is free again, as it would be without this, and whoever waits for her learns of it. */
export const lapseReservation: Rule<{ stays: Stays }, { reservation: string }, StayFact> = ({ stays }, { reservation }, { at }) => {
  const kept = stays.reservations.find((each) => each.reservation === reservation);
  require(kept, "ReservationUnknown");
  require(kept.until <= at, "ReservationStands");
  const { caseId, lapsed, until } = kept;
  const came = stays.stays.some((each) => each.caseId === caseId && each.from >= kept.at && each.from <= until);
  // Released: it had another end than the one that was told of it.
  const released = until < at;
  return lapsed || came || released ? [] : [{ type: "ReservationLapsed", data: { reservation, caseId } }];
};

/** Nobody is taken in against her will; a bed holds one person; overflow is recorded as such. */
export const admitResident: Rule<House, AdmitResident, StayFact> = (house, request, { at, newId }) => {
  const { stays, resident } = house;
  const { caseId } = request;
  if (stayAt(stays, caseId, at)) return [];
  require(request.voluntary, "AdmissionNotVoluntary");
  require(request.houseRulesExplained, "HouseRulesNotExplained");
  require(resident.served, "CaseNotServed");
  requireNotBefore(at, resident.openedAt);
  require(!resident.isElsewhere, "StayOverlaps");
  const until = earlier(nextStayAt(stays, caseId, at), resident.nextStayAt);
  const { bed, category, availability } = chooseBed(house, request, { from: at, until });
  return [{ type: "ResidentAdmitted", data: { stay: newId(), caseId, bed, category, overflow: availability === "Overflow" } }];
};

/** From then on she sleeps in the other bed, until she moved again. */
export const moveResident: Rule<House, MoveResident, StayFact> = (house, request, { at }) => {
  const here = stayAt(house.stays, request.caseId, at);
  require(here, "NotResident");
  if (bedOf(here, at) === request.bed) return [];
  const until = earlier(endOf(house.stays, here), nextAfter(here.beds, at)?.at);
  const { bed, category, availability } = chooseBed(house, request, { from: at, until });
  return [{ type: "ResidentMoved", data: { stay: here.stay, bed, category, overflow: availability === "Overflow" } }];
};

/** A shelter is no prison: leave is granted, the bed is kept. */
export const grantLeave: Rule<{ stays: Stays }, GrantLeave, StayFact> = ({ stays }, request, { at }) => {
  const here = residentAt(stays, request.stay, at);
  const until = utc(request.until);
  require(until > at, "LeaveAlreadyOver");
  return standingAt(here.leaves, at)?.until === until ? [] : [{ type: "LeaveGranted", data: { stay: here.stay, until } }];
};

export const recordReturn: Rule<{ stays: Stays }, RecordReturn, StayFact> = ({ stays }, { stay }, { at }) => {
  const { leaves } = residentAt(stays, stay, at);
  requireNotBefore(at, leaves[0]?.at ?? null);
  return standingAt(leaves, at)?.until ? [{ type: "ResidentReturned", data: { stay } }] : [];
};

/** Her leave is over and she is not back: somebody asks after her. */
export const overrunLeave: Rule<{ stays: Stays }, { stay: string; until: Instant }, StayFact> = ({ stays }, { stay, until }, { at }) => {
  const here = stays.stays.find((each) => each.stay === stay);
  require(here, "StayUnknown");
  require(until <= at, "LeaveNotOver");
  const isHere = isDuring({ from: here.from, until: endOf(stays, here) }, until);
  const isOnThisLeave = standingAt(here.leaves, until)?.until === until;
  return !isHere || !isOnThisLeave || here.overrun.includes(until) ? [] : [{ type: "LeaveOverrun", data: { stay, until } }];
};

/**
 * Of two times at which she is said to have left, the earlier one counts. She has not left before what is known of her stay; but where she
 * was taken in elsewhere, what this house told of later times is void.
 */
export const dischargeResident: Rule<{ stays: Stays }, DischargeResident, StayFact> = ({ stays }, { stay, exitType }, { at }) => {
  const here = stays.stays.find((each) => each.stay === stay);
  require(here, "StayUnknown");
  if (here.until !== null && here.until <= at) return [];
  requireNotBefore(at, here.from, ...(exitType === "Transfer" ? [] : [...here.beds, ...here.leaves].map((each) => each.at)));
  return [{ type: "ResidentDischarged", data: { stay, caseId: here.caseId, exitType } }];
};

/** Who sleeps here then, by the id of the stay. */
function residentAt(stays: Stays, stay: string, at: Instant): Stay {
  const here = stays.stays.find((each) => each.stay === stay);
  require(here, "NotResident");
  requireNotBefore(at, here.from);
  require(isDuring({ from: here.from, until: endOf(stays, here) }, at), "NotResident");
  return here;
}
