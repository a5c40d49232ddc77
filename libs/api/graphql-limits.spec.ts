import { buildSchema, parse, validate } from "graphql";
import { answeredOnce, limits, withinLimits } from "./graphql-limits.js";

const schema = buildSchema("type Query { case(id: ID): Case } type Case { id: ID, next: Case }");
const errorsOf = (query: string) => validate(schema, parse(query), [withinLimits]).map(({ message }) => message);
const times = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, index) => text(index)).join(" ");

test("a query within the limits is taken", () =>
  expect(errorsOf(`{ ${times(limits.rootFields, (index) => `a${index}: case(id: "1") { id }`)} }`)).toEqual([]));
test.each([
  ["fields at its root", `{ ${times(limits.rootFields + 1, () => "case { id }")} }`],
  ["aliases", `{ case { ${times(limits.aliases + 1, (index) => `a${index}: id`)} } }`],
  ["fields", `{ case { ${times(limits.fields + 1, () => "id")} } }`],
])("one that has too many %s is refused, once", (what, query) => expect(errorsOf(query)).toEqual([expect.stringContaining(what)]));
test("fragments count as what they hold", () =>
  expect(errorsOf(`{ case { ...all } } fragment all on Case { ${times(limits.fields, () => "id")} }`)).toEqual([
    expect.stringContaining("fields"),
  ]));

test("a subscription is no question that is answered once", () => {
  const withSubscription = buildSchema("type Query { a: ID } type Subscription { b: ID }");
  const errors = (query: string) => validate(withSubscription, parse(query), [answeredOnce]).map(({ message }) => message);
  expect(errors("{ a }")).toEqual([]);
  expect(errors("subscription { b }")).toEqual([expect.stringContaining("WebSocket")]);
});
