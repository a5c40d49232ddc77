import { IsIn, IsInt, Max, Min } from "class-validator";
import { Described } from "#kernel/described.js";
import { weekdays, type HoursOfDay, type Weekday } from "#kernel/in-time.js";

/** Hours of a day of the week, as a request says them. */
export class HoursOfADay implements HoursOfDay {
  @Described("The day of the week, where she is") @IsIn(weekdays) day!: Weekday;
  @Described("The first hour, 0 to 23") @IsInt() @Min(0) @Max(23) from!: number;
  @Described("Until this hour, 1 to 24, which is no longer part of it") @IsInt() @Min(1) @Max(24) until!: number;
}
