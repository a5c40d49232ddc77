import { Field, Float, ID, Int, ObjectType } from "@nestjs/graphql";
import { ApiProperty, ApiSchema, type ApiPropertyOptions } from "@nestjs/swagger";
import type { Area, AreasOf, PersonalClass } from "#access/areas.js";
import { graphqlCodes, toldCodes } from "./code-types.js";
import { GraphQLMoment } from "./scalars.js";
import { Column, Entity, PrimaryColumn } from "typeorm";

/** One column of a view: what it is called here and in Postgres, and what Postgres keeps it as. */
export interface ViewColumn {
  readonly property: string;
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
  /** The vocabulary of a column of codes. */
  readonly codes?: readonly string[];
  /** What stands in a column of objects, or in what a sealed one opens to. */
  readonly shape?: new () => object;
  /** Data class of a sealed column: it is opened, or left out, at the moment of disclosure. */
  readonly sealed?: PersonalClass;
  /** It holds any number of sealed parts. */
  readonly many?: boolean;
  /** Who may see it; of a structure, each field. Not said: nobody. The key is for whoever may ask for the row. */
  readonly area?: AreasOf<any>;
  /** Kept for folding the row alone: it is in no answer. */
  readonly inner?: boolean;
}

export interface ViewTable {
  readonly table: string;
  readonly columns: readonly ViewColumn[];
  /** The property that identifies a row. */
  readonly key: string;
  /** Lists of properties; lists are read as keyset pages over these. A list of codes may stand first. */
  readonly indexes: readonly (readonly string[])[];
  readonly spans: readonly Span[];
  /** Which stream a row is about: the name of its aggregate, and the property with the id. */
  readonly about?: AboutAggregate | undefined;
  /** The record that one has to stand to, to be shown a row. */
  readonly concerns?: AboutAggregate | undefined;
  /** For whom else rows are. A table that says nothing, here or there, is shown to nobody. */
  readonly rows?: RowOwners | undefined;
  /** It tells who stands in a relation. */
  readonly relation?: RelationTable | undefined;
}

type AboutAggregate = readonly [aggregate: string, property: string];

/** For whom rows are, beside those who stand to the record that they concern. */
interface RowOwners {
  /** Whoever's role may read this area in every house. */
  readonly area: Area;
  /** The property with the shelter whose staff sees its own rows. */
  readonly house?: string;
  /** The property with the organisation: everybody sees her own organisation's rows alone. */
  readonly organisation?: string;
}

export interface RelationTable {
  readonly name: string;
  /** The aggregate whose records it is to. */
  readonly to: string;
  readonly bars: boolean;
}

/** Rows of one owner are found by the time that they span, such as the stays of a shelter in some month. Properties. */
interface Span {
  readonly of: string;
  readonly from: string;
  /** Null while it has not ended. */
  readonly until: string;
  /** What else is asked about them, so that it is read off the index: the rows of one owner lie far apart in the table. */
  readonly telling: readonly string[];
}

type TableOptions = Partial<Pick<ViewTable, "key" | "indexes" | "spans" | "about" | "concerns" | "rows" | "relation">>;

const columnsOfClass = new Map<object, ViewColumn[]>();
const tables = new Map<object, ViewTable>();

/** The table of a view class. */
export function tableOf(row: new () => object): ViewTable {
  const table = tables.get(row);
  if (!table) throw new Error(`${row.name} is no view: it needs @ViewOf`);
  return table;
}

/** The columns that a class declares. */
export const columnsIn = (target: object): readonly ViewColumn[] => columnsOfClass.get(target) ?? [];

/** Is this class a view? */
export const isView = (row: new () => object): boolean => tables.has(row);

/** The column of a property. */
export function columnOf({ table, columns }: ViewTable, property: string): ViewColumn {
  const column = columns.find((each) => each.property === property);
  if (!column) throw new Error(`${table} has no ${property}`);
  return column;
}

const snake = (property: string): string => property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const stale = "Not the whole: a fact that this view could not take waits to be looked into.";

const skipped = "Revisions of facts that were left out for good, because this view could not take them; null: none.";
const intact = "False: something in this record's stream is not as the application wrote it. Its history tells what.";

/** Declares the class as a view: a table, and the type `name` of GraphQL and of OpenAPI. `key` names the property that identifies a row. */
export const ViewOf =
  (name: string, { key = "id", indexes = [], spans = [], ...more }: TableOptions = {}): ClassDecorator =>
  (target) => {
    const table = snake(name).replace(/^_/, "");
    Entity(table)(target);
    ObjectType(name)(target);
    ApiSchema({ name })(target);
    Field(() => Boolean, { description: stale })((target as Function).prototype as object, "stale");
    ApiProperty({ type: Boolean, description: stale })((target as Function).prototype as object, "stale");
    Field(() => [String], { nullable: true, description: skipped })((target as Function).prototype as object, "skipped");
    ApiProperty({ type: [String], nullable: true, description: skipped })((target as Function).prototype as object, "skipped");
    if (more.about) {
      Field(() => Boolean, { description: intact })((target as Function).prototype as object, "intact");
      ApiProperty({ type: Boolean, description: intact })((target as Function).prototype as object, "intact");
    }
    tables.set(target, { table, columns: columnsIn(target), key, indexes, spans, ...more });
  };

interface ColumnShape {
  readonly type: string;
  readonly field: () => any;
  readonly schema: ApiPropertyOptions;
  readonly primary?: boolean;
  readonly sealed?: PersonalClass;
  readonly many?: boolean;
  readonly codes?: readonly string[];
  readonly shape?: new () => object;
}

export interface Optional {
  /** The value may be missing. */
  readonly optional?: boolean;
  readonly description?: string;
  readonly area?: AreasOf<any>;
}

/** What the answer of a column says: it is null for whoever may not see it, whatever the table holds. */
const hideable = "Null where you may not see it";

/** One declaration: the column, the GraphQL field and the OpenAPI property. */
export const declare =
  (
    { type, field, schema, primary = false, sealed, many, codes, shape }: ColumnShape,
    { optional = false, description, area }: Optional = {},
  ): PropertyDecorator =>
  (target, key) => {
    const property = String(key);
    const column = snake(property);
    const array = type.endsWith("[]");
    const options = { type: type.replace("[]", "") as "text", array, name: column, nullable: optional };
    if (primary) PrimaryColumn(options as never)(target, property);
    else Column(options)(target, property);
    const text = primary ? (description ?? "") : [description, hideable].filter(Boolean).join(". ");
    Field(field, { nullable: !primary, description: text })(target, property);
    ApiProperty({ ...schema, nullable: !primary, ...(text && { description: text }) } as ApiPropertyOptions)(target, property);
    const columns = columnsOfClass.get(target.constructor) ?? [];
    columns.push({
      property,
      column,
      type,
      nullable: optional,
      ...(sealed && { sealed }),
      ...(many && { many }),
      ...(codes && { codes }),
      ...(shape && { shape }),
      ...(area && { area }),
    });
    columnsOfClass.set(target.constructor, columns);
  };

/** Identifies the row: a random id, never a name, never a sequence. */
export const Key = () =>
  declare({ type: "text", field: () => ID, schema: { type: String }, primary: true }, { description: "Identifies it" });
/** The id of something else. */
export const Reference = (options?: Optional) =>
  declare({ type: "uuid", field: () => ID, schema: { type: String, format: "uuid" } }, options);
export const References = (options?: Optional) =>
  declare({ type: "uuid[]", field: () => [ID], schema: { type: "array", items: { type: "string", format: "uuid" } } }, options);
/** One code of a vocabulary. */
export const Code = (codes: readonly string[], options?: Optional) =>
  declare(
    { type: "text", field: () => graphqlCodes(codes), schema: { type: "string", enum: [...codes] }, codes },
    { ...options, description: withCodes(codes, options) },
  );
export const Codes = (codes: readonly string[], options?: Optional) =>
  declare(
    {
      type: "text[]",
      field: () => [graphqlCodes(codes)],
      schema: { type: "array", items: { type: "string", enum: [...codes] } },
      codes,
    },
    { ...options, description: withCodes(codes, options) },
  );
const withCodes = (codes: readonly string[], options?: Optional): string =>
  [options?.description, toldCodes(codes)].filter(Boolean).join(". ");
/** A short technical text, such as a bed's code, in a column of the open: never anything personal. */
export const Text = (options?: Optional) => declare({ type: "text", field: () => String, schema: { type: String } }, options);
/** What somebody said, in what a sealed part opens to, and nowhere else. */
export const Words = Text;
export const Flag = (options?: Optional) => declare({ type: "boolean", field: () => Boolean, schema: { type: Boolean } }, options);
export const Count = (options?: Optional) => declare({ type: "integer", field: () => Int, schema: { type: "integer" } }, options);
export const Measure = (options?: Optional) => declare({ type: "double precision", field: () => Float, schema: { type: Number } }, options);
/** UTC, `2026-11-23T10:00:00.000Z`. */
export const Moment = (options?: Optional) =>
  declare({ type: "timestamptz", field: () => GraphQLMoment, schema: { type: String, format: "date-time" } }, options);
/** What folding the row needs and nobody is told: jsonb, if nothing else is said. */
export const Inner =
  (type = "jsonb", { optional = false }: Pick<Optional, "optional"> = {}): PropertyDecorator =>
  (target, key) => {
    const property = String(key);
    Column({ type: type as "text", name: snake(property), nullable: optional })(target, property);
    const columns = columnsOfClass.get(target.constructor) ?? [];
    columnsOfClass.set(target.constructor, [...columns, { property, column: snake(property), type, nullable: optional, inner: true }]);
  };
