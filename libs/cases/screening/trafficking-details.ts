import { ArrayMaxSize, IsArray, IsIn, IsInt, IsString, Max, MaxLength, Min } from "class-validator";
import { Removable } from "#access/personal.js";
import { Described } from "#kernel/described.js";
import { require, type Rule, type Times } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { Optional } from "#platform/values/optional.js";
import { requireInterview, type Consents } from "../consent/consents.js";
import { bandOf, yearOf, type Ages } from "../intake/age.js";
import type { Intake } from "../intake/intake.js";
import { requireOpen, type Openness } from "../open.js";
import { personalContent } from "../personal.js";
import { ageBands, type AgeBand } from "../vocabulary.js";
import {
  durations,
  industries,
  landIndustries,
  recruitmentMethods,
  sexualExploitations,
  websites,
  type Duration,
  type Industry,
  type LandIndustry,
  type RecruitmentMethod,
  type SexualExploitation,
  type Website,
} from "./vocabulary.js";

// Fact

/** What describes her, or would tell of her sexual life; with it the exact numbers, of which the open holds bands. */
interface Sealed {
  ageWhenTrafficked?: number | undefined;
  durationMonths?: number | undefined;
  sexualExploitation?: SexualExploitation[] | undefined;
  recruitmentWebsites?: Website[] | undefined;
  exploitationWebsites?: Website[] | undefined;
  profiles?: string | undefined;
}
/** How she was recruited, for which work, at what age and for how long (HTCDS 2.0, victim context). What is told again replaces what was told before. */
export type TraffickingDetailsFact = {
  type: "TraffickingDetailsRecorded";
  data: {
    recruitmentMethods: RecruitmentMethod[];
    industries: Industry[];
    landIndustries: LandIndustry[];
    /** Not said: as it was told before. */
    ageBandWhenTrafficked?: AgeBand | undefined;
    duration?: Duration | undefined;
    removed?: "narrative"[] | undefined;
  };
  personal?: Record<string, { narrative?: Sealed }> | undefined;
};

// Request

const isMany = (codes: readonly string[]): PropertyDecorator =>
  ((target: object, property: string) => {
    IsArray()(target, property);
    ArrayMaxSize(codes.length)(target, property);
    IsIn(codes, { each: true })(target, property);
  }) as PropertyDecorator;

@Refuses("CaseNotOpen", "IndustryMissing", "InterviewNotPermitted", "NumberContradictsBand", "OlderThanSheIs")
export class RecordTraffickingDetails {
  @Described("How she was recruited") @isMany(recruitmentMethods) recruitmentMethods!: RecruitmentMethod[];
  @Described("In which work she was exploited, by the sections of ISIC") @isMany(industries) industries!: Industry[];
  @Described("Which work on the land or on the water, where it was that")
  @Optional()
  @isMany(landIndustries)
  landIndustries?: LandIndustry[];
  @Described("How old she was when it began; where the age itself is told, it says so")
  @Optional()
  @IsIn(ageBands)
  ageBandWhenTrafficked?: AgeBand;
  @Described("How long it went on; where the months are told, they say so") @Optional() @IsIn(durations) duration?: Duration;
  @Removable("narrative") @IsInt() @Min(0) @Max(120) ageWhenTrafficked?: number | null;
  @Removable("narrative") @IsInt() @Min(0) @Max(1200) durationMonths?: number | null;
  @Removable("narrative") @isMany(sexualExploitations) sexualExploitation?: SexualExploitation[] | null;
  @Removable("narrative") @isMany(websites) recruitmentWebsites?: Website[] | null;
  @Removable("narrative") @isMany(websites) exploitationWebsites?: Website[] | null;
  @Removable("narrative") @IsString() @MaxLength(2000) profiles?: string | null;
}

// Rule

/** CTDC's groups of `traffickMonths`: 0 to 12, 13 to 24, 25 and more. */
const durationOf = (months: number): Duration => {
  if (months <= 12) return "UpToOneYear";
  return months <= 24 ? "UpToTwoYears" : "LongerThanTwoYears";
};

/** The band that a number falls into, or the one that was said without it; of two, both must say the same. */
function banded<Band extends string>(
  said: Band | undefined,
  number: number | null | undefined,
  of: (number: number) => Band,
): Band | undefined {
  if (number === null || number === undefined) return said;
  const band = of(number);
  require(said === undefined || said === band, "NumberContradictsBand", { band });
  return band;
}

const requirePossibleAge = ({ assessments }: Ages, age: number | null | undefined, times: Pick<Times, "at" | "zone">): void => {
  const birthYear = assessments.at(-1)?.birthYear;
  require(age === null || age === undefined || birthYear === undefined || age <= yearOf(times) - birthYear, "OlderThanSheIs");
};

export const recordTraffickingDetails: Rule<
  { intake: Intake; consents: Consents; closure: Openness },
  RecordTraffickingDetails,
  TraffickingDetailsFact
> = ({ intake, consents, closure }, request, times) => {
  requireOpen(closure, times.at, times.now);
  requireInterview(consents, times);
  const { ageWhenTrafficked, durationMonths, sexualExploitation, recruitmentWebsites, exploitationWebsites, profiles } = request;
  requirePossibleAge(intake, ageWhenTrafficked, times);
  const land = [...new Set(request.landIndustries)];
  require(land.length === 0 || request.industries.includes("A_AgricultureForestryAndFishing"), "IndustryMissing");
  const sealed = { ageWhenTrafficked, durationMonths, sexualExploitation, recruitmentWebsites, exploitationWebsites, profiles };
  const { personal, removed } = personalContent(intake.subject, { narrative: sealed });
  const data = {
    recruitmentMethods: [...new Set(request.recruitmentMethods)],
    industries: [...new Set(request.industries)],
    landIndustries: land,
    ageBandWhenTrafficked: banded(request.ageBandWhenTrafficked, ageWhenTrafficked, bandOf),
    duration: banded(request.duration, durationMonths, durationOf),
    removed,
  };
  return [{ type: "TraffickingDetailsRecorded", data, personal }];
};
