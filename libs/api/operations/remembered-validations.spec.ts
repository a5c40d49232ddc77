import { getMetadataStorage, IsInt, IsString, validateSync } from "class-validator";
import { rememberValidations } from "./remembered-validations.js";

class Named {
  @IsString() name: unknown;
}
class Aged extends Named {
  @IsInt() age: unknown;
}

const wrongIn = (request: object) => validateSync(request).map(({ property }) => property);

test("a request is validated by its class and those it inherits from, however often", () => {
  rememberValidations();
  const look = () => wrongIn(Object.assign(new Aged(), { name: 1, age: "old" })).toSorted();
  expect([look(), look(), wrongIn(Object.assign(new Named(), { name: 1 }))]).toEqual([["age", "name"], ["age", "name"], ["name"]]);
});

test("a class is looked for once", () => {
  rememberValidations();
  const storage = getMetadataStorage();
  const found = () => storage.getTargetValidationMetadatas(Aged, "", false, false);
  expect(found()).toBe(found());
});
