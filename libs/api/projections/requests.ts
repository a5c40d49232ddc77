import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsInt, IsString, Matches, Max, MaxLength, Min } from "class-validator";
import { IsId } from "#platform/values/ids.js";
import { Optional } from "#platform/values/optional.js";
import { skipReasons, type SkipReason } from "#projection/park/skips.js";

/** Views by table or by table and version, such as `consent` or `consent 1`; all, where none is named. */
export class SomeViews {
  @Optional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(100) @IsString({ each: true }) @MaxLength(100, { each: true }) views?: string[];
}

/** What stands still or goes on is named: it is too easily meant otherwise. */
export class NamedViews {
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(100) @IsString({ each: true }) @MaxLength(100, { each: true }) views!: string[];
}

export class RebuildViews extends SomeViews {
  /** Facts a second at most. */
  @Optional() @IsInt() @Min(1) @Max(10_000_000) throttle?: number;
  /** From the start, even if an earlier rebuild was stopped on its way. */
  @Optional() @IsBoolean() anew?: boolean;
  /** Put them in the place of the live ones when they are verified. */
  @Optional() @IsBoolean() swap?: boolean;
}

export class CompareViews extends SomeViews {
  /** One of so many streams is folded anew and compared whole. */
  @Optional() @IsInt() @Min(1) @Max(1_000_000) sampleEvery?: number;
}

export class StopTask {
  @IsId() task!: string;
}

export class ParkedOne {
  @IsString() @MaxLength(100) view!: string;
  /** A stranger may have begun a stream of any name. */
  @IsString() @Matches(/^[a-z]+-/, { message: "$property must be a stream, such as case-<id>" }) @MaxLength(1_000) stream!: string;
}

/** One event of a stream that a view or a policy is to pass over. */
export class SkipOne extends ParkedOne {
  @IsString() @Matches(/^\d{1,18}$/, { message: "$property must be a revision, such as 4" }) revision!: string;
}

export class AskSkip extends SkipOne {
  @IsIn(skipReasons) reason!: SkipReason;
}

export class ChainOfStream {
  /** A stranger may have begun a stream of any name. */
  @IsString() @Matches(/^[a-z]+-/, { message: "$property must be a stream, such as case-<id>" }) @MaxLength(1_000) stream!: string;
}
