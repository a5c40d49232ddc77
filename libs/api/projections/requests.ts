import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from "class-validator";

/** Views by table or by table and version, such as `consent` or `consent 1`; all, where none is named. */
export class SomeViews {
  @IsOptional() @IsArray() @ArrayMaxSize(100) @IsString({ each: true }) @MaxLength(100, { each: true }) views?: string[];
}

/** What stands still or goes on is named: it is too easily meant otherwise. */
export class NamedViews {
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(100) @IsString({ each: true }) @MaxLength(100, { each: true }) views!: string[];
}

export class RebuildViews extends SomeViews {
  /** Facts a second at most. */
  @IsOptional() @IsInt() @Min(1) @Max(10_000_000) throttle?: number;
  /** From the start, even if an earlier rebuild was stopped on its way. */
  @IsOptional() @IsBoolean() anew?: boolean;
  /** Put them in the place of the live ones when they are verified. */
  @IsOptional() @IsBoolean() swap?: boolean;
}

export class CompareViews extends SomeViews {
  /** One of so many streams is folded anew and compared whole. */
  @IsOptional() @IsInt() @Min(1) @Max(1_000_000) sampleEvery?: number;
}

export class StopTask {
  @IsUUID() task!: string;
}

export class ParkedOne {
  @IsString() @MaxLength(100) view!: string;
  @IsString() @Matches(/^[a-z]{1,40}-[0-9a-f-]{36}$/) stream!: string;
}
