import { Transform } from "class-transformer";
import type { FieldError } from "../http/problem.js";

/** The most that any request holds. Each request class bounds its own fields more narrowly; this is asked first, and costs little. */
export const bounds = { depth: 8, values: 5_000, items: 500, fields: 100, text: 20_000, errors: 20 };

/** A text that JSON, UTF-8 and Postgres all hold: no NUL, no half of a surrogate pair. */
export const isText = (value: unknown): value is string => typeof value === "string" && value.isWellFormed() && !value.includes("\0");

/** A parameter in an address is a text: its decimal digits are the number. Anything else, such as `0x10` or nothing, stays what it is. */
export const FromDigits = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value));

/** A parameter in an address is a text: `true` or `false`. Anything else stays what it is. */
export const FromTruth = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (value === "true" ? true : value === "false" ? false : value));

/**
 * What of a value no request holds, each field by its path: it is asked before anything walks the value. It reads no further than the
 * bounds, whatever was sent. At most {@link bounds.errors} are told.
 */
export function unheld(value: unknown): readonly FieldError[] {
  const errors: FieldError[] = [];
  let left = bounds.values;
  const refuse = (field: string, code: string, message: string) => errors.push({ field: shown(field), code, message });

  const walk = (each: unknown, field: string, depth: number): void => {
    if (errors.length >= bounds.errors) return;
    left -= 1;
    if (left === 0) refuse(field, "tooMuch", `the request must hold at most ${bounds.values} values`);
    if (left <= 0) return;
    if (typeof each === "string") {
      if (each.length > bounds.text) refuse(field, "tooLong", `must have at most ${bounds.text} characters`);
      else if (!isText(each)) refuse(field, "notText", "must hold no NUL and no half of a surrogate pair");
    }
    if (typeof each === "number" && !Number.isFinite(each)) refuse(field, "notFinite", "must be a finite number");
    if (typeof each !== "object" || each === null) return;
    if (depth === bounds.depth) return void refuse(field, "tooDeep", `must be nested at most ${bounds.depth} deep`);
    if (Array.isArray(each)) {
      if (each.length > bounds.items) return void refuse(field, "tooMany", `must have at most ${bounds.items} elements`);
      each.forEach((one, index) => walk(one, `${field}.${index}`, depth + 1));
    } else walkFields(each as Record<string, unknown>, field, depth);
  };

  const walkFields = (each: Record<string, unknown>, field: string, depth: number): void => {
    const names = Object.keys(each);
    if (names.length > bounds.fields) return void refuse(field, "tooManyFields", `must have at most ${bounds.fields} fields`);
    for (const name of names) {
      const path = field ? `${field}.${name}` : name;
      if (isText(name)) walk(each[name], path, depth + 1);
      else refuse(path, "notText", "must be named without NUL and half of a surrogate pair");
    }
  };

  walk(value, "", 0);
  return errors;
}

/** A client's own name of a field may be anything. */
const shown = (field: string): string => (field || "request").toWellFormed().replaceAll("\0", "\uFFFD").slice(0, 200);
