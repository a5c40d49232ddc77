import { ArrayMaxSize, ArrayUnique, IsArray, IsEmail, IsIn, IsInt, IsString, Max, MaxLength, Min } from "class-validator";
import { Personal } from "#access/personal.js";
import { Described } from "#kernel/described.js";
import { require, slice, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { Optional } from "#platform/values/optional.js";
import { IsPhone } from "#platform/values/phone.js";
import { staffNameArea } from "../areas.js";
import { languages, type Language } from "#vocabulary/languages.js";
import { signInLinkKinds, type SignInLinkKind } from "../vocabulary.js";

// Facts

/** What she is called and how she is reached at work. */
export interface StaffName {
  readonly name: string;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
}

export type StaffFact =
  | {
      type: "StaffRegistered";
      data: { subject: string; languages: Language[] };
      personal: Record<string, { staffName: StaffName }>;
    }
  | { type: "StaffNameCorrected"; data: object; personal: Record<string, { staffName: StaffName }> }
  | { type: "LanguagesTold"; data: { languages: Language[] } }
  | { type: "CodeOfConductAccepted"; data: { version: number } }
  | { type: "SignInLinkIssued"; data: { kind: SignInLinkKind; until: Instant } }
  /** `subject` is her id at that provider: no name. */
  | { type: "SignInJoined"; data: { issuer: string; subject: string } };

// State

export interface Staff {
  /** The subject of the personal data in it; empty before she is registered. */
  readonly subject: string;
  readonly registeredAt: Instant | null;
  /** The organisation whose administrator registered her. */
  readonly organisation: string | null;
  readonly languages: readonly Language[];
  /** The version of the code of conduct that she accepted last; null: none. */
  readonly codeOfConduct: number | null;
  /** By whom she may be signed in, and as whom. */
  readonly signIns: readonly { readonly issuer: string; readonly subject: string }[];
}

export const staff = slice<StaffFact>()<Staff>(
  { subject: "", registeredAt: null, organisation: null, languages: [], codeOfConduct: null, signIns: [] },
  {
    StaffRegistered: (state, { subject, languages: spoken }, { at, by }) => ({
      ...state,
      subject,
      registeredAt: at,
      organisation: by.organisation ?? null,
      languages: spoken,
    }),
    StaffNameCorrected: (state) => state,
    LanguagesTold: (state, { languages: spoken }) => ({ ...state, languages: spoken }),
    CodeOfConductAccepted: (state, { version }) => ({ ...state, codeOfConduct: version }),
    SignInLinkIssued: (state) => state,
    SignInJoined: (state, { issuer, subject }) => ({ ...state, signIns: [...state.signIns, { issuer, subject }] }),
  },
);

// Requests

@Refuses("StaffAlreadyRegistered")
export class RegisterStaff {
  @Personal(staffNameArea) @IsString() @MaxLength(120) name!: string;
  @Optional() @Personal(staffNameArea) @IsPhone() phone?: string;
  @Optional() @Personal(staffNameArea) @IsEmail() @MaxLength(200) email?: string;
  @Described("The languages in which she helps people")
  @IsArray()
  @ArrayMaxSize(15)
  @ArrayUnique()
  @IsIn(languages, { each: true })
  languages!: Language[];
}
export class CorrectStaffName {
  @Personal(staffNameArea) @IsString() @MaxLength(120) name!: string;
  @Optional() @Personal(staffNameArea) @IsPhone() phone?: string;
  @Optional() @Personal(staffNameArea) @IsEmail() @MaxLength(200) email?: string;
}
export class TellLanguages {
  @Described("The languages in which she helps people")
  @IsArray()
  @ArrayMaxSize(15)
  @ArrayUnique()
  @IsIn(languages, { each: true })
  languages!: Language[];
}
export class AcceptCodeOfConduct {
  @Described("Which version of it, a whole number") @IsInt() @Min(1) @Max(1000) version!: number;
}
export class IssueSignInLink {
  @Described("Whether she signs in for the first time, or has lost her password or second factor")
  @IsIn(signInLinkKinds)
  kind!: SignInLinkKind;
}

// Rules

type State = { staff: Staff };

const sealed = ({ name, phone, email }: StaffName): StaffName => ({
  name,
  ...(phone !== undefined && { phone }),
  ...(email !== undefined && { email }),
});

/** Names of staff are sealed as those of survivors are: who works with victims of trafficking is threatened, too (numbered requirement 19). */
export const registerStaff: Rule<State, RegisterStaff, StaffFact> = ({ staff: { registeredAt } }, request, { newId }) => {
  require(registeredAt === null, "StaffAlreadyRegistered");
  const subject = newId();
  return [
    { type: "StaffRegistered", data: { subject, languages: request.languages }, personal: { [subject]: { staffName: sealed(request) } } },
  ];
};

/** Told whole: what is left out is no longer known. */
export const correctStaffName: Rule<State, CorrectStaffName, StaffFact> = ({ staff: { subject } }, request) => [
  {
    type: "StaffNameCorrected",
    data: {},
    personal: { [subject]: { staffName: sealed(request) } },
  },
];

export const tellLanguages: Rule<State, TellLanguages, StaffFact> = ({ staff: before }, { languages: spoken }) =>
  JSON.stringify(before.languages) === JSON.stringify(spoken) ? [] : [{ type: "LanguagesTold", data: { languages: spoken } }];

/** By herself: nobody accepts for another. */
export const acceptCodeOfConduct: Rule<State, AcceptCodeOfConduct, StaffFact> = ({ staff: { codeOfConduct } }, { version }) =>
  codeOfConduct === version ? [] : [{ type: "CodeOfConductAccepted", data: { version } }];

/** How long a link by which somebody signs in for the first time, or anew, may be used, milliseconds. */
export const linkLifetime = 3 * 86_400_000;

/** That she was given one is on record, with who gave it; the link itself stands nowhere. */
export const issueSignInLink: Rule<State, IssueSignInLink, StaffFact> = (_, { kind }, { now }) => [
  { type: "SignInLinkIssued", data: { kind, until: new Date(Date.parse(now) + linkLifetime).toISOString() } },
];

/** She has signed in with a provider, and holds a link of hers: from now on, that is she. */
export const joinSignIn: Rule<State, { issuer: string; subject: string }, StaffFact> = ({ staff: { signIns } }, { issuer, subject }) =>
  signIns.some((each) => each.issuer === issuer && each.subject === subject) ? [] : [{ type: "SignInJoined", data: { issuer, subject } }];
