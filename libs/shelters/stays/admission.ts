import { IsBoolean, IsIn, IsString, IsUUID, Matches } from "class-validator";
import { require, type Instant, type Rule } from "#kernel/kernel.js";
import type { Capacity } from "../capacity/capacity.js";
import { Optional } from "#platform/optional.js";
import { IsInstant, utc } from "#platform/time.js";
import { exitTypes, type ExitType } from "../vocabulary.js";
import { chooseBed, type Resident } from "./beds.js";
import type { StayFact, Stays } from "./stays.js";

// Requests

const bedCode = /^[A-Z0-9][A-Z0-9-]{0,9}$/;
export class ReserveBed {
  @IsUUID() caseId!: string;
  @Optional() @IsString() @Matches(bedCode) bed?: string;
  @Optional() @IsBoolean() family?: boolean;
  @Optional() @IsBoolean() acceptOverflow?: boolean;
  @IsInstant() until!: Instant;
}
export class ReleaseReservation {
  @IsUUID() reservation!: string;
}
export class AdmitResident {
  @IsUUID() caseId!: string;
  @Optional() @IsString() @Matches(bedCode) bed?: string;
  @IsBoolean() voluntary!: boolean;
  @IsBoolean() houseRulesExplained!: boolean;
  @Optional() @IsBoolean() family?: boolean;
  @Optional() @IsBoolean() acceptOverflow?: boolean;
}
export class MoveResident {
  @IsUUID() caseId!: string;
  @IsString() @Matches(bedCode) bed!: string;
  @Optional() @IsBoolean() family?: boolean;
  @Optional() @IsBoolean() acceptOverflow?: boolean;
}
export class GrantLeave {
  @IsUUID() stay!: string;
  @IsInstant() until!: Instant;
}
export class RecordReturn {
  @IsUUID() stay!: string;
}
export class DischargeResident {
  @IsUUID() stay!: string;
  @IsIn(exitTypes) exitType!: ExitType;
}

// Rules

type House = { capacity: Capacity; stays: Stays; resident: Resident };
const longestReservation = 72 * 3_600_000;

/** A bed is kept for at most 72 hours, so that it does not stand empty while somebody is turned away. */
export const reserveBed: Rule<House, ReserveBed, StayFact> = (house, request, { at, newId }) => {
  const { caseId } = request;
  const until = utc(request.until);
  require(house.resident.served, "CaseNotServed");
  require(until > at, "ReservationAlreadyExpired");
  require(Date.parse(until) - Date.parse(at) <= longestReservation, "ReservationTooLong", { hours: 72 });
  require(!house.stays.residents.some((each) => each.caseId === caseId), "AlreadyResident");
  const { bed } = chooseBed(house, request, at);
  if (house.stays.reservations.some((each) => each.caseId === caseId && each.bed === bed && each.until === until)) return [];
  return [{ type: "BedReserved", data: { reservation: newId(), caseId, bed, until } }];
};

export const releaseReservation: Rule<{ stays: Stays }, ReleaseReservation, StayFact> = ({ stays }, { reservation }) =>
  stays.reservations.some((each) => each.reservation === reservation) ? [{ type: "ReservationReleased", data: { reservation } }] : [];

/** Nobody is taken in against her will; a bed holds one person; overflow is recorded as such. */
export const admitResident: Rule<House, AdmitResident, StayFact> = (house, request, { at, newId }) => {
  const { caseId } = request;
  if (house.stays.residents.some((each) => each.caseId === caseId)) return [];
  require(request.voluntary, "AdmissionNotVoluntary");
  require(request.houseRulesExplained, "HouseRulesNotExplained");
  require(house.resident.served, "CaseNotServed");
  const { bed, category, availability } = chooseBed(house, request, at);
  return [{ type: "ResidentAdmitted", data: { stay: newId(), caseId, bed, category, overflow: availability === "Overflow" } }];
};

export const moveResident: Rule<House, MoveResident, StayFact> = (house, request, { at }) => {
  const here = house.stays.residents.find((each) => each.caseId === request.caseId);
  require(here, "NotResident");
  if (here.bed === request.bed) return [];
  const { bed, category, availability } = chooseBed(house, request, at);
  return [{ type: "ResidentMoved", data: { stay: here.stay, bed, category, overflow: availability === "Overflow" } }];
};

/** A shelter is no prison: leave is granted, the bed is kept. */
export const grantLeave: Rule<{ stays: Stays }, GrantLeave, StayFact> = ({ stays }, request, { at }) => {
  const here = stays.residents.find((each) => each.stay === request.stay);
  require(here, "NotResident");
  const until = utc(request.until);
  require(until > at, "LeaveAlreadyOver");
  return here.leaveUntil === until ? [] : [{ type: "LeaveGranted", data: { stay: here.stay, until } }];
};

export const recordReturn: Rule<{ stays: Stays }, RecordReturn, StayFact> = ({ stays }, { stay }) => {
  const here = stays.residents.find((each) => each.stay === stay);
  require(here, "NotResident");
  return here.leaveUntil ? [{ type: "ResidentReturned", data: { stay } }] : [];
};

export const dischargeResident: Rule<{ stays: Stays }, DischargeResident, StayFact> = ({ stays }, { stay, exitType }) => {
  const here = stays.residents.find((each) => each.stay === stay);
  return here ? [{ type: "ResidentDischarged", data: { stay, caseId: here.caseId, exitType } }] : [];
};
