import "reflect-metadata";
import { buildSchema, execute, parse, validate, type GraphQLError } from "graphql";
import { asProblem } from "./graphql.js";

const schema = buildSchema(`
  input Person { name: String!, sex: Sex, age: Int }
  enum Sex { Female Male }
  type Query { find(person: Person!, days: [Int!]): ID }
`);
const withVariables = (variableValues: Record<string, unknown>) => {
  const document = parse("query ($person: Person!, $days: [Int!]) { find(person: $person, days: $days) }");
  return (execute({ schema, document, variableValues }) as { errors: readonly GraphQLError[] }).errors;
};

test.each([
  ["of a wrong type", { person: { name: ["Example Person"] } }],
  ["outside its vocabulary", { person: { name: "a", sex: "Example Person" } }],
  ["that no number holds", { person: { name: "a", age: "Example Person" } }],
  ["under an unknown field", { person: { name: "a", surname: "Example Person" } }],
  ["in a list", { person: { name: "a" }, days: ["Example Person"] }],
  ["where nothing may be", { person: { name: null, also: "Example Person" } }],
])("a variable %s is the query's fault, and what was sent is not told", (_, variables) => {
  const answers = withVariables(variables).map((error) => asProblem(error));
  expect(answers.length).toBeGreaterThan(0);
  for (const { extensions } of answers) expect(extensions).toMatchObject({ status: 400, code: "RequestMalformed" });
  expect(JSON.stringify(answers)).not.toContain("Example Person");
});

test.each([
  "{ find(person: { name: 4711 }) }",
  '{ find(person: { name: "a", sex: 4711 }) }',
  '{ find(person: { name: "a", age: "4711" }) }',
])("nor is a value written into the query: %s", (query) => {
  const answers = validate(schema, parse(query)).map((error) => asProblem(error));
  expect(answers.length).toBeGreaterThan(0);
  expect(JSON.stringify(answers.map(({ message }) => message))).not.toContain("4711");
});
