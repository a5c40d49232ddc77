import { asKept } from "./as-kept.js";
import type { ViewTable } from "../declare/columns.js";

const column = (property: string, type: string) => ({ property, column: property, type, nullable: true });
const table: ViewTable = {
  table: "example",
  key: "id",
  indexes: [],
  spans: [],
  columns: [column("id", "text"), column("whose", "uuid"), column("recipients", "uuid[]"), column("at", "timestamptz")],
};
const id = "4C5A1F60-0000-4000-8000-0000000000FF";

test("ids are in lower case and times in UTC to the millisecond, as Postgres gives them back; texts stay as they are", () => {
  const row = { id: "Case-1", whose: id, recipients: [id, id.toLowerCase()], at: "2026-01-10T11:00:00+03:00" };
  const lower = id.toLowerCase();
  expect(asKept(table, row)).toEqual({ id: "Case-1", whose: lower, recipients: [lower, lower], at: "2026-01-10T08:00:00.000Z" });
});

test("a row that is so already is the same row", () => {
  const row = { id: "Case-1", whose: null, recipients: [id.toLowerCase()], at: "2026-01-10T08:00:00.000Z" };
  expect(asKept(table, row)).toBe(row);
});
