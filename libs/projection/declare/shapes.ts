import { ObjectType } from "@nestjs/graphql";
import { ApiProperty, ApiSchema } from "@nestjs/swagger";
import type { AreasOf, PersonalClass } from "#access/areas.js";
import { columnsIn, declare, type Optional } from "./columns.js";
import { GraphQLJSONObject } from "./scalars.js";

// What stands together in one column: an object of codes, ids and times in the open, or what a sealed part opens to.

type ShapeClass = new () => object;

/** Declares the class as a shape, the type `name` of GraphQL and of OpenAPI. Its fields are declared as a view's columns are. */
export const Shape =
  (name: string): ClassDecorator =>
  (target) => {
    ObjectType(name)(target);
    ApiSchema({ name })(target);
    // A field that one may not see is left out, as one that says nothing.
    const { prototype } = target as unknown as { prototype: object };
    for (const { property } of columnsIn(target)) ApiProperty({ required: false })(prototype, property);
  };

/** Who may see each field, as the fields themselves say. */
const areasIn = (shape: ShapeClass): AreasOf<any> =>
  Object.fromEntries(columnsIn(shape).flatMap(({ property, area }) => (area ? [[property, area]] : []))) as AreasOf<any>;

/** An object. `area`: of the whole; where it is left out, each field of the shape says its own. */
export const Structure = (shape: ShapeClass, { area = areasIn(shape), ...options }: Optional = {}) =>
  declare({ type: "jsonb", field: () => shape, schema: { type: shape }, shape }, { ...options, area });
/** A list of objects. */
export const Structures = (shape: ShapeClass, { area = areasIn(shape), ...options }: Optional = {}) =>
  declare({ type: "jsonb", field: () => [shape], schema: { type: shape, isArray: true }, shape }, { ...options, area });
/** Personal data of one class: sealed in the table, opened at the moment of disclosure, null where it was erased or may not be seen. */
export const Sealed = (dataClass: PersonalClass, shape: ShapeClass, options?: Optional) =>
  declare(
    { type: "jsonb", field: () => shape, schema: { type: shape }, shape, sealed: dataClass },
    { ...options, optional: true, area: dataClass },
  );
/** Any number of parts of one class, in the order in which they were recorded. Each opens with `fact` and `type`, of the fact that it came with. */
export const SealedList = (dataClass: PersonalClass, shape: ShapeClass, options?: Optional) =>
  declare(
    { type: "jsonb", field: () => [shape], schema: { type: shape, isArray: true }, shape, sealed: dataClass, many: true },
    { ...options, optional: true, area: dataClass },
  );
/** The same of parts whose fields differ from one to the next, such as answers to questions that are data: JSON to a frontend. */
export const SealedObjects = (dataClass: PersonalClass, options?: Optional) =>
  declare(
    {
      ...{ type: "jsonb", field: () => [GraphQLJSONObject], sealed: dataClass, many: true },
      schema: { type: "array", items: { type: "object", additionalProperties: true } },
    },
    { ...options, optional: true, area: dataClass },
  );
