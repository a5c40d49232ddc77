import "reflect-metadata";
import { plainToInstance } from "class-transformer";
import { validateSync } from "class-validator";
import { IsCountry, IsId } from "./ids.js";

class Request {
  @IsId() id!: string;
  @IsId({ each: true }) recipients!: string[];
  @IsCountry({ each: true }) citizenships!: string[];
}
const id = "4c5a1f60-0000-4000-8000-0000000000ff";
const request = (sent: object) => plainToInstance(Request, sent);

test("ids are taken in any case and kept in lower case, countries in upper case", () => {
  const taken = request({ id: id.toUpperCase(), recipients: [id, id.toUpperCase()], citizenships: ["tz", "KE"] });
  expect(validateSync(taken)).toEqual([]);
  expect(taken).toEqual({ id, recipients: [id, id], citizenships: ["TZ", "KE"] });
});

test("what is no id or no country is refused as it was sent", () => {
  const errors = validateSync(request({ id: 7, recipients: ["X"], citizenships: ["Tanzania", null] }));
  expect(errors.map(({ property }) => property)).toEqual(["id", "recipients", "citizenships"]);
});
