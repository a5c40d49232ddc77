import { Transform } from "class-transformer";
import { IsISO31661Alpha2, IsUUID, type ValidationOptions } from "class-validator";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Is it an id as we make them, in whatever case it is written? */
export const isUuid = (text: string): boolean => uuid.test(text);

/** An id as it is kept: what is compared, hashed and found again must not differ by its letters. What is no UUID is left as it is. */
export const idOf = (text: string): string => (isUuid(text) ? text.toLowerCase() : text);

type Option = Pick<ValidationOptions, "each">;

/** A UUID, taken in any case and kept in lower case. `each`: a list of them. */
export const IsId = (options: Option = {}): PropertyDecorator => kept(idOf, IsUUID("all", options));

/** A country by its code of two letters (ISO 3166-1), taken in any case and kept in upper case. `each`: a list of them. */
export const IsCountry = (options: Option = {}): PropertyDecorator => kept((code) => code.toUpperCase(), IsISO31661Alpha2(options));

const kept =
  (change: (text: string) => string, check: PropertyDecorator): PropertyDecorator =>
  (target, property) => {
    const one = (value: unknown) => (typeof value === "string" ? change(value) : value);
    const all = ({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(one) : one(value));
    Transform(all)(target, property);
    check(target, property);
  };
