import { Matches } from "class-validator";

/** What a bed is called in its house. */
export const IsBedCode = (): PropertyDecorator =>
  Matches(/^[A-Z0-9][A-Z0-9-]{0,9}$/, { message: "$property must be up to ten capital letters, digits and hyphens, such as W-12" });
