import "reflect-metadata";
import { plainToInstance } from "class-transformer";
import { validateSync } from "class-validator";
import { IsPhone } from "./phone.js";

class Request {
  @IsPhone() phone!: unknown;
}
const kept = (phone: unknown) => {
  const request = plainToInstance(Request, { phone });
  return validateSync(request).length === 0 ? request.phone : "refused";
};

test.each([
  ["0712 345 678", "+255712345678"],
  ["0712-345-678", "+255712345678"],
  ["+255 700 000 001", "+255700000001"],
  ["+255700000001", "+255700000001"],
  ["+254 (0) 712 345678", "+254712345678"],
])("%s is kept as %s", (written, number) => expect(kept(written)).toBe(number));

test.each(["", "12", "call her brother", "0712 345 678 and her mother's 0713", "+".repeat(10_000), 255712345678, null])(
  "%s is refused",
  (written) => expect(kept(written)).toBe("refused"),
);
