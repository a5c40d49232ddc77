import { buildSchema, getIntrospectionQuery, parse, validate } from "graphql";
import { answeredOnce, limits, withinLimits } from "./graphql-limits.js";

const schema = buildSchema(`
  type Query { case(id: ID): Case, cases(where: Where): Page }
  input Where { first: Int }
  type Page { items: [Case!]!, next: String }
  type Case { id: ID, next: Case, languages: [String] }
`);
const errorsOf = (query: string) => validate(schema, parse(query), [withinLimits]).map(({ message }) => message);
const times = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, index) => text(index)).join(" ");
const deep = (levels: number): string => (levels === 0 ? "id" : `next { ${deep(levels - 1)} }`);

test("a query within the limits is taken", () =>
  expect(errorsOf(`{ ${times(limits.rootFields, (index) => `a${index}: case(id: "1") { id }`)} }`)).toEqual([]));
test.each([
  ["fields at its root", `{ ${times(limits.rootFields + 1, () => "case { id }")} }`],
  ["aliases", `{ case { ${times(limits.aliases + 1, (index) => `a${index}: id`)} } }`],
  ["fields", `{ case { ${times(limits.fields + 1, () => "id")} } }`],
  ["levels", `{ case { ${deep(limits.depth - 1)} } }`],
  ["rows", `{ ${times(6, (index) => `p${index}: cases(where: { first: 200 }) { items { ${times(20, () => "id")} } }`)} }`],
])("one that has too many %s is refused, once", (what, query) => expect(errorsOf(query)).toEqual([expect.stringContaining(what)]));
test("as many levels as there may be are taken", () => expect(errorsOf(`{ case { ${deep(limits.depth - 2)} } }`)).toEqual([]));

test("what a variable says is not known yet, and counts as the largest page", () => {
  const pages = (where: string) =>
    `query ($first: Int, $where: Where) { ${times(6, (index) => `p${index}: cases(where: ${where}) { items { ${times(20, () => "id")} } }`)} }`;
  expect(errorsOf(pages("{ first: 10 }"))).toEqual([]);
  for (const unknown of ["{ first: $first }", "$where"]) expect(errorsOf(pages(unknown))).toEqual([expect.stringContaining("rows")]);
});

test.each(["all", "__schema"])("a fragment, even one called %s, counts wherever it is used", (name) => {
  const fragment = `fragment ${name} on Case { ${times(100, () => "id")} }`;
  expect(errorsOf(`{ case { ...${name} } } ${fragment}`)).toEqual([]);
  expect(errorsOf(`{ ${times(5, (index) => `a${index}: case { ...${name} }`)} } ${fragment}`)).toEqual([expect.stringContaining("fields")]);
});

test("fragments of fragments of fragments are counted in no time", () => {
  const doubled = times(200, (index) => `fragment f${index} on Case { ...f${index + 1} ... on Case { ...f${index + 1} } }`);
  expect(errorsOf(`{ case { ...f0 } } ${doubled} fragment f200 on Case { id }`)).toContainEqual(expect.stringContaining("fields"));
});

test("a fragment within itself ends, and is another rule's to refuse", () =>
  expect(errorsOf("{ case { ...f } } fragment f on Case { next { ...f } }")).toEqual([]));
test("what the schema looks like may be asked", () => expect(errorsOf(getIntrospectionQuery())).toEqual([]));

test("a subscription is no question that is answered once", () => {
  const withSubscription = buildSchema("type Query { a: ID } type Subscription { b: ID }");
  const errors = (query: string) => validate(withSubscription, parse(query), [answeredOnce]).map(({ message }) => message);
  expect(errors("{ a }")).toEqual([]);
  expect(errors("subscription { b }")).toEqual([expect.stringContaining("WebSocket")]);
});
