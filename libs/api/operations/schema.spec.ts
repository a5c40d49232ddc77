import "reflect-metadata";
import { ArrayMaxSize, IsArray, IsInt, IsString, Matches, Max, MaxLength, Min } from "class-validator";
import { describeRequest } from "./schema.js";

const described = (...decorators: PropertyDecorator[]) => {
  class Request {}
  for (const each of decorators) each(Request.prototype, "field");
  return () => describeRequest(Request);
};

test.each([
  ["a text without a longest length", [IsString()]],
  ["a text of a pattern that repeats without end", [IsString(), Matches(/^[a-z]+$/)]],
  ["a text of a pattern that does not end", [IsString(), Matches(/^[a-z]{3}/)]],
  ["a number without a largest one", [IsInt(), Min(0)]],
  ["a list without a longest length", [IsArray(), MaxLength(5, { each: true })]],
  ["a list of texts without one", [IsArray(), ArrayMaxSize(5), IsString({ each: true })]],
] as const)("a request with %s does not start", (_, decorators) =>
  expect(described(...decorators)).toThrow(/field: (nothing bounds it|@\w+)/),
);

test.each([
  ["a text", [IsString(), MaxLength(5)]],
  ["a text of a pattern", [IsString(), Matches(/^\+?[1-9]\d{1,14}$/)]],
  ["a number", [IsInt(), Min(0), Max(5)]],
  ["a list", [IsArray(), ArrayMaxSize(5), MaxLength(5, { each: true })]],
] as const)("%s that is bounded does", (_, decorators) => expect(described(...decorators)).not.toThrow());
