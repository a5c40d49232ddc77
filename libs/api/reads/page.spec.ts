import "reflect-metadata";
import { Code, Key, Moment, ViewOf } from "#projection/declare/columns.js";
import type { View } from "#projection/declare/view.js";
import { requireVisible, type PageRequest } from "./page.js";

@ViewOf("PageExample")
class PageExampleView {
  @Key() id!: string;
  @Moment({ area: "case" }) openedAt!: string;
  @Code(["a", "b"], { area: "screening" }) finding!: string;
  @Code(["a", "b"]) undeclared!: string;
}
const view = { row: PageExampleView } as unknown as View;
const listed = { view, filters: ["finding", "undeclared"], sorts: ["openedAt", "-finding", "undeclared"] };
const seeing =
  (asked: PageRequest, ...areas: string[]) =>
  () =>
    requireVisible(listed, asked, (area) => areas.includes(area));
const problem = (field: string, message: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ status: 400, errors: [expect.objectContaining({ field, message })] }) });

test("a list is narrowed and ordered by what one may see", () => {
  expect(seeing({ finding: "a", sort: "-finding" }, "case", "screening")).not.toThrow();
});

test("what one may not see is no parameter, and no order", () => {
  expect(seeing({ finding: "a" }, "case")).toThrow(problem("finding", "property finding should not exist"));
  expect(seeing({ sort: "-finding" }, "case")).toThrow(problem("sort", "sort must be one of the following values: openedAt"));
  expect(seeing({}, "screening")).toThrow(problem("sort", "sort must be one of the following values: -finding"));
});

test("a column of which nobody has said who may see it is for nobody", () => {
  expect(seeing({ undeclared: "a" }, "case", "screening")).toThrow(problem("undeclared", "property undeclared should not exist"));
  expect(seeing({ sort: "undeclared" }, "case", "screening")).toThrow("The request is not valid");
});
