import { IsIn } from "class-validator";
import { Described } from "#kernel/described.js";
import { require, slice, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { IsId } from "#platform/values/ids.js";
import { IsInstant, utc } from "#platform/values/time.js";
import { protocolEndings, type ProtocolEnding } from "../vocabulary.js";

// Facts

export type ProtocolFact =
  | { type: "SharingProtocolSigned"; data: { partner: string; until: Instant } }
  | { type: "SharingProtocolEnded"; data: { partner: string; reason: ProtocolEnding } };

// State

/** Partner -> until when a protocol lets data be shared with it. */
export type Protocols = Readonly<Record<string, { readonly from: Instant; readonly until: Instant }>>;

export const protocols = slice<ProtocolFact>()<Protocols>(
  {},
  {
    SharingProtocolSigned: (state, { partner, until }, { at }) => ({ ...state, [partner]: { from: at, until } }),
    SharingProtocolEnded: (state, { partner }) => Object.fromEntries(Object.entries(state).filter(([each]) => each !== partner)),
  },
);

/** Does a protocol with this partner stand then? */
export const stands = (protocols: Protocols, partner: string, at: Instant): boolean =>
  Object.hasOwn(protocols, partner) && at >= protocols[partner]!.from && at < protocols[partner]!.until;

// Requests

@Refuses("ProtocolAlreadyOver", "ProtocolTooLong")
export class SignSharingProtocol {
  @Described("The organisation with which data may be shared") @IsId() partner!: string;
  @Described("When it ends: five years from now at the latest") @IsInstant() until!: Instant;
}
export class EndSharingProtocol {
  @Described("The organisation with which data may no longer be shared") @IsId() partner!: string;
  @Described("Why it ends") @IsIn(protocolEndings) reason!: ProtocolEnding;
}

// Rules

const longestYears = 5;

/** Nothing is shared with another organisation for ever: a protocol has an end (sections 3.2 and 7 of the field's reference). */
export const signSharingProtocol: Rule<{ protocols: Protocols }, SignSharingProtocol, ProtocolFact> = ({ protocols }, request, { now }) => {
  const until = utc(request.until);
  require(until > now, "ProtocolAlreadyOver");
  const latest = `${Number(now.slice(0, 4)) + longestYears}${now.slice(4)}`;
  require(until <= latest, "ProtocolTooLong", { years: longestYears });
  const same = Object.hasOwn(protocols, request.partner) && protocols[request.partner]!.until === until;
  return same ? [] : [{ type: "SharingProtocolSigned", data: { partner: request.partner, until } }];
};

export const endSharingProtocol: Rule<{ protocols: Protocols }, EndSharingProtocol, ProtocolFact> = ({ protocols }, { partner, reason }) =>
  Object.hasOwn(protocols, partner) ? [{ type: "SharingProtocolEnded", data: { partner, reason } }] : [];
