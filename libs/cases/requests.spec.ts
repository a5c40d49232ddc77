import "reflect-metadata";
import { plainToInstance } from "class-transformer";
import { getMetadataStorage } from "class-validator";
import { personalFields } from "#access/personal.js";
import * as closure from "./closure/closure.js";
import * as consent from "./consent/consent.js";
import * as emergency from "./consent/emergency.js";
import * as identity from "./intake/identity.js";
import * as intake from "./intake/intake.js";
import * as notification from "./intake/notification.js";
import * as contacting from "./safe-contact/contacting.js";
import * as determination from "./screening/determination.js";
import * as screening from "./screening/screening.js";
import * as history from "./screening/trafficking-history.js";

type Class = new () => object;
const requests = [intake, identity, notification, contacting, screening, determination, history, consent, emergency, closure]
  .flatMap((topic) => Object.entries(topic))
  .filter((entry): entry is [string, Class] => /^[A-Z]/.test(entry[0]) && typeof entry[1] === "function");
const optional = requests.flatMap(([name, request]) =>
  getMetadataStorage()
    .getTargetValidationMetadatas(request, "", false, false)
    .filter(({ type }) => type === "conditionalValidation")
    .map(({ propertyName }) => [`${name}.${propertyName}`, request, propertyName] as const),
);

const isRemovable = (request: Class, property: string) => personalFields(request).get(property)?.removable === true;

test("there are optional properties to look at", () => expect(optional.length).toBeGreaterThan(10));
test.each(optional.filter(([, request, property]) => !isRemovable(request, property)))(
  "%s sent as null is not said",
  (_, request, property) => expect(plainToInstance(request, { [property]: null })).toEqual(new request()),
);
test.each(optional.filter(([, request, property]) => isRemovable(request, property)))(
  "%s sent as null is said: what was there is to be removed",
  (_, request, property) => expect(plainToInstance(request, { [property]: null })).toEqual({ ...new request(), [property]: null }),
);
