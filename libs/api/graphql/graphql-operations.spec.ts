import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { operationNamed, readOperations } from "./graphql-operations.js";

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");
const listed = "{ cases { next } }";
const operations = new Map([[hashOf(listed), listed]]);
const naming = (sha256Hash: unknown) => ({ persistedQuery: { sha256Hash } });

describe("where operations are listed,", () => {
  test("one is asked by its hash, by its text, or by both", () => {
    for (const request of [
      { extensions: naming(hashOf(listed)) },
      { query: listed },
      { query: listed, extensions: naming(hashOf(listed)) },
    ])
      expect(operationNamed(operations, request)).toBe(listed);
  });
  test.each([
    ["another text", { query: "{ cases { items { id } } }" }],
    ["another hash", { extensions: naming(hashOf("another")) }],
    ["another text under a listed hash", { query: "{ another }", extensions: naming(hashOf(listed)) }],
    ["a listed text under another hash", { query: listed, extensions: naming(hashOf("another")) }],
    ["no text and no hash", {}],
    ["a hash that is none", { extensions: naming({ toString: () => hashOf(listed) }) }],
  ])("%s is refused", (_, request) => expect(() => operationNamed(operations, request)).toThrow("not listed"));
});

describe("the file of operations", () => {
  const folder = mkdtempSync(join(tmpdir(), "hifadhi-operations-"));
  const file = join(folder, "operations.json");
  afterAll(() => rmSync(folder, { recursive: true }));

  test("is read", async () => {
    writeFileSync(file, JSON.stringify(Object.fromEntries(operations)));
    expect(await readOperations(file)).toEqual(operations);
  });
  test.each([
    ["is no JSON", "{"],
    ["is a list", "[]"],
    ["lists nothing", "{}"],
    ["holds a text under another's hash", JSON.stringify({ [hashOf("another")]: listed })],
    ["holds what is no text", JSON.stringify({ [hashOf("1")]: 1 })],
  ])("that %s is refused by the name of the variable", async (_, text) => {
    writeFileSync(file, text);
    await expect(readOperations(file)).rejects.toThrow("GRAPHQL_OPERATIONS");
  });
  test("that is not there is refused by the name of the variable", () =>
    expect(readOperations(join(folder, "none.json"))).rejects.toThrow("GRAPHQL_OPERATIONS"));
});
