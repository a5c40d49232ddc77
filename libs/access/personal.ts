import "reflect-metadata";
import { IsOptional } from "class-validator";
import type { PersonalClass } from "./areas.js";

interface PersonalField {
  readonly dataClass: PersonalClass;
  /** Null takes away what was there. */
  readonly removable: boolean;
}

const key = Symbol("personal");

const declare =
  (field: PersonalField): PropertyDecorator =>
  (target, name) =>
    Reflect.defineMetadata(key, new Map([...personalFields(target.constructor), [String(name), field]]), target.constructor);

/** A field of a request that holds personal data of this class: whoever sends it needs the right to write that class. */
export const Personal = (dataClass: PersonalClass): PropertyDecorator => declare({ dataClass, removable: false });

/** The same of a field that may be left out, so that what was there stays, and whose null removes it: which needs the same right. */
export const Removable =
  (dataClass: PersonalClass): PropertyDecorator =>
  (target, name) => {
    declare({ dataClass, removable: true })(target, name);
    IsOptional()(target, name as string);
  };

/** The personal fields of a request class. */
export const personalFields = (request: object): ReadonlyMap<string, PersonalField> =>
  (Reflect.getMetadata(key, request) as ReadonlyMap<string, PersonalField> | undefined) ?? new Map<string, PersonalField>();

/** The fields that a request says something about, if only that they are to be removed. */
export const fieldsSent = (request: object, sent: object): [field: string, dataClass: PersonalClass][] =>
  [...personalFields(request)]
    .filter(([field]) => (sent as Record<string, unknown>)[field] !== undefined)
    .map(([field, { dataClass }]) => [field, dataClass]);
