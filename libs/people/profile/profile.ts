import "reflect-metadata";
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsArray, IsIn, IsString, Matches, ValidateNested } from "class-validator";
import { Type } from "class-transformer";
import { Described } from "#kernel/described.js";
import { require, slice, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { IsId } from "#platform/values/ids.js";
import { Optional } from "#platform/values/optional.js";
import {
  offeredServices,
  organisationTypes,
  suspensionReasons,
  type OfferedService,
  type OrganisationType,
  type SuspensionReason,
} from "../vocabulary.js";

// Facts

/** What an organisation offers, and in which districts. */
export interface Offer {
  readonly service: OfferedService;
  /** Codes of districts; none: everywhere. */
  readonly districts: readonly string[];
}

export type ProfileFact =
  /** `partner`: the organisation whose people approve where this one has too few of its own. */
  | { type: "OrganisationOnboarded"; data: { name: string; types: OrganisationType[]; partner?: string | undefined } }
  | { type: "ServicesOffered"; data: { services: { service: OfferedService; districts: string[] }[] } }
  | { type: "FocalPointsNamed"; data: { staff: string[] } }
  | { type: "ApprovingPartnerNamed"; data: { partner: string } }
  | { type: "OrganisationSuspended"; data: { reason: SuspensionReason } }
  | { type: "OrganisationReinstated"; data: object };

// State

export interface Profile {
  /** Null: it has not been taken in. */
  readonly onboardedAt: Instant | null;
  /** The organisation whose administrator took it in; null: it is the first one. */
  readonly onboardedBy: string | null;
  readonly name: string;
  readonly types: readonly OrganisationType[];
  readonly services: readonly Offer[];
  /** Whom others ask for. */
  readonly focalPoints: readonly string[];
  readonly partner: string | null;
  readonly suspended: boolean;
}

export const profile = slice<ProfileFact>()<Profile>(
  { onboardedAt: null, onboardedBy: null, name: "", types: [], services: [], focalPoints: [], partner: null, suspended: false },
  {
    OrganisationOnboarded: (state, { name, types, partner = null }, { at, by }) => ({
      ...state,
      onboardedAt: at,
      onboardedBy: by.organisation ?? null,
      name,
      types,
      partner,
    }),
    ServicesOffered: (state, { services }) => ({ ...state, services }),
    FocalPointsNamed: (state, { staff }) => ({ ...state, focalPoints: staff }),
    ApprovingPartnerNamed: (state, { partner }) => ({ ...state, partner }),
    OrganisationSuspended: (state) => ({ ...state, suspended: true }),
    OrganisationReinstated: (state) => ({ ...state, suspended: false }),
  },
);

// Requests

const district = /^[A-Z][A-Za-z-]{1,49}$/;
const aPerson = { message: "$property must be ids of people, of letters, digits and | : . - _" };

@Refuses("OrganisationAlreadyOnboarded")
export class OnboardOrganisation {
  @Described("What it is called")
  @IsString()
  @Matches(/^[\p{L}\d][\p{L}\d .,'()&/-]{1,119}$/u, { message: "$property must be a name of letters and digits" })
  name!: string;
  @Described("What it is")
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(5)
  @ArrayUnique()
  @IsIn(organisationTypes, { each: true })
  types!: OrganisationType[];
  @Described("The organisation whose people approve where this one has too few of its own") @Optional() @IsId() partner?: string;
}
export class ServiceOffered implements Offer {
  @Described("What is offered") @IsIn(offeredServices) service!: OfferedService;
  @Described("Codes of districts; none: everywhere")
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @Matches(district, { each: true, message: "$property must be codes of districts, such as Kasulu-Town" })
  districts!: string[];
}
export class OfferServices {
  @Described("All that it offers from now on")
  @IsArray()
  @ArrayMaxSize(offeredServices.length)
  @ValidateNested({ each: true })
  @Type(() => ServiceOffered)
  services!: ServiceOffered[];
}
@Refuses("FocalPointNotAMember")
export class NameFocalPoints {
  @Described("The ids of the people whom others ask for")
  @IsArray()
  @ArrayMaxSize(10)
  @ArrayUnique()
  @Matches(/^[\w|:.-]{1,100}$/, { ...aPerson, each: true })
  staff!: string[];
}
export class NameApprovingPartner {
  @Described("The organisation whose people approve where this one has too few of its own") @IsId() partner!: string;
}
@Refuses("FirstOrganisation")
export class SuspendOrganisation {
  @Described("Why nobody of it may work here for now") @IsIn(suspensionReasons) reason!: SuspensionReason;
}
export class ReinstateOrganisation {}

// Rules

type State = { profile: Profile };
type Known = Readonly<Record<string, { readonly active: boolean }>>;

/** An organisation is taken in once, by an administrator of one that is here (section 3.2 of the field's reference, Org/User). */
export const onboardOrganisation: Rule<State, OnboardOrganisation, ProfileFact> = ({ profile: { onboardedAt } }, request) => {
  require(onboardedAt === null, "OrganisationAlreadyOnboarded");
  const { name, types, partner } = request;
  return [{ type: "OrganisationOnboarded", data: { name, types, ...(partner !== undefined && { partner }) } }];
};

/** The directory of services by district (section 7, 13 of the field's reference): told whole. */
export const offerServices: Rule<State, OfferServices, ProfileFact> = ({ profile }, request) => {
  const services = request.services.map(({ service, districts }) => ({ service, districts }));
  return JSON.stringify(services) === JSON.stringify(profile.services) ? [] : [{ type: "ServicesOffered", data: { services } }];
};

/** Whoever is asked for works there. */
export const nameFocalPoints: Rule<State & { members: Known }, NameFocalPoints, ProfileFact> = ({ profile, members }, { staff }) => {
  const stranger = staff.find((each) => !(Object.hasOwn(members, each) && members[each]!.active));
  require(stranger === undefined, "FocalPointNotAMember", { staff: stranger });
  return JSON.stringify(staff) === JSON.stringify(profile.focalPoints) ? [] : [{ type: "FocalPointsNamed", data: { staff } }];
};

export const nameApprovingPartner: Rule<State, NameApprovingPartner, ProfileFact> = ({ profile }, { partner }) =>
  profile.partner === partner ? [] : [{ type: "ApprovingPartnerNamed", data: { partner } }];

/** Its people are kept out from the next moment on; what they did stays. The first organisation runs the machine, and is not suspended. */
export const suspendOrganisation: Rule<State, SuspendOrganisation, ProfileFact> = ({ profile }, { reason }) => {
  if (profile.suspended) return [];
  require(profile.onboardedBy !== null, "FirstOrganisation");
  return [{ type: "OrganisationSuspended", data: { reason } }];
};

export const reinstateOrganisation: Rule<State, ReinstateOrganisation, ProfileFact> = ({ profile }) =>
  profile.suspended ? [{ type: "OrganisationReinstated", data: {} }] : [];
