import { plainToInstance } from "class-transformer";
import { getMetadataStorage } from "class-validator";
import * as capacity from "./capacity/capacity.js";
import * as admission from "./stays/admission.js";

type Class = new () => object;
const requests = [capacity, admission]
  .flatMap((topic) => Object.entries(topic))
  .filter((entry): entry is [string, Class] => /^[A-Z]/.test(entry[0]) && typeof entry[1] === "function");
const optional = requests.flatMap(([name, request]) =>
  getMetadataStorage()
    .getTargetValidationMetadatas(request, "", false, false)
    .filter(({ type }) => type === "conditionalValidation")
    .map(({ propertyName }) => [`${name}.${propertyName}`, request, propertyName] as const),
);

test("there are optional properties to look at", () => expect(optional.length).toBeGreaterThan(5));
test.each(optional)("%s sent as null is not said", (_, request, property) =>
  expect(plainToInstance(request, { [property]: null })).toEqual(new request()),
);
