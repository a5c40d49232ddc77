import { IsString, validateSync } from "class-validator";
import { fieldsSent, Personal, personalFields, Removable } from "./personal.js";

class TellExample {
  @Personal("narrative") @IsString() account!: string;
  @Removable("contact") @IsString() phone?: string | null;
  @IsString() code!: string;
}
class TellMoreExample extends TellExample {
  @Removable("identity") @IsString() name?: string | null;
}
class TellNothing {}

test("a request says which of its fields are personal, of what class, and which may be taken away", () => {
  expect([...personalFields(TellExample)]).toEqual([
    ["account", { dataClass: "narrative", removable: false }],
    ["phone", { dataClass: "contact", removable: true }],
  ]);
  expect([...personalFields(TellMoreExample).keys()]).toEqual(["account", "phone", "name"]);
  expect(personalFields(TellExample).has("name")).toBe(false);
  expect([...personalFields(TellNothing)]).toEqual([]);
});

test("a field that is left out is not sent, and one that is null is", () => {
  expect(fieldsSent(TellExample, { account: "x", phone: null, code: "y" })).toEqual([
    ["account", "narrative"],
    ["phone", "contact"],
  ]);
  expect(fieldsSent(TellExample, { account: undefined })).toEqual([]);
  expect(fieldsSent(TellNothing, { account: "x" })).toEqual([]);
});

test("only what may be taken away may be left out or be null", () => {
  const wrong = (sent: object) => validateSync(Object.assign(new TellExample(), sent)).map(({ property }) => property);
  expect(wrong({ account: "x", code: "y" })).toEqual([]);
  expect(wrong({ account: "x", code: "y", phone: null })).toEqual([]);
  expect(wrong({ phone: 7, code: "y" })).toEqual(["account", "phone"]);
});
