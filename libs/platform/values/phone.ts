import { Transform } from "class-transformer";
import { ValidateBy } from "class-validator";
import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/** Numbers that are written without a country are of this one. */
const country = "TZ";
const kept = /^\+[1-9]\d{1,14}$/;

const normalised = (text: string): string => {
  const number = parsePhoneNumberFromString(text, country);
  return number?.isPossible() ? number.number : text;
};

/** A phone number as people write it, `0712 345 678`, kept with its country code and without spaces (E.164). */
export const IsPhone = (): PropertyDecorator => (target, property) => {
  Transform(({ value }: { value: unknown }) => (typeof value === "string" && value.length <= 40 ? normalised(value) : value))(
    target,
    property,
  );
  ValidateBy({
    name: "isPhone",
    validator: {
      validate: (value: unknown) => typeof value === "string" && kept.test(value),
      defaultMessage: () => "$property must be a phone number, such as 0712 345 678, or +255 712 345 678 with its country code",
    },
  })(target, property);
};
