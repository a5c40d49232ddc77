import { Described } from "#kernel/described.js";
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsInt, IsString, Matches, Max, MaxLength, Min } from "class-validator";
import { IsId } from "#platform/values/ids.js";
import { Optional } from "#platform/values/optional.js";
import { skipReasons, type SkipReason } from "#projection/park/skips.js";

/** Views by table or by table and version, such as `consent` or `consent 1`; all, where none is named. */
export class SomeViews {
  @Described("Names of views; all, if none is named")
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  views?: string[];
}

/** What stands still or goes on is named: it is too easily meant otherwise. */
export class NamedViews {
  @Described("Names of views")
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  views!: string[];
}

export class RebuildViews extends SomeViews {
  @Described("So many facts a second at most") @Optional() @IsInt() @Min(1) @Max(10_000_000) throttle?: number;

  @Described("From the start, even if an earlier rebuild was stopped on its way") @Optional() @IsBoolean() anew?: boolean;

  @Described("Put in the place of the live ones when they are verified") @Optional() @IsBoolean() swap?: boolean;
}

export class CompareViews extends SomeViews {
  @Described("Fold one of so many streams anew and compare it whole") @Optional() @IsInt() @Min(1) @Max(1_000_000) sampleEvery?: number;
}

export class StopTask {
  @Described("Its id") @IsId() task!: string;
}

export class ParkedOne {
  @Described("The view or the policy") @IsString() @MaxLength(100) view!: string;

  @Described("The stream that is parked")
  @IsString()
  @Matches(/^[a-z]+-/, { message: "$property must be a stream, such as case-<id>" })
  @MaxLength(1_000)
  stream!: string;
}

/** One event of a stream that a view or a policy is to pass over. */
export class SkipOne extends ParkedOne {
  @Described("Of the event") @IsString() @Matches(/^\d{1,18}$/, { message: "$property must be a revision, such as 4" }) revision!: string;
}

export class AskSkip extends SkipOne {
  @Described("Why it may be passed over") @IsIn(skipReasons) reason!: SkipReason;
}

export class ChainOfStream {
  @Described("The stream")
  @IsString()
  @Matches(/^[a-z]+-/, { message: "$property must be a stream, such as case-<id>" })
  @MaxLength(1_000)
  stream!: string;
}
