import { lastSentence } from "./last-sentence.js";

describe("the last words of a part", () => {
  test("are the last line that is a sentence", () =>
    expect(lastSentence("It begins.\nThe keyring is away.\n")).toBe("The keyring is away."));
  test("are neither records for machines nor traces of calls", () => {
    const log = `Error: cannot reach the database\n    at connect (file:///x.js:1:2)\n  code: 1\n}\n{"level":30,"msg":"x y"}\n\nNode.js v24.1.0\n`;
    expect(lastSentence(log)).toBe("Error: cannot reach the database");
  });
  test("are what is wrong with a configuration", () =>
    expect(lastSentence("The configuration is not complete:\n  KEY_FILE is not set: it must be a file.\n")).toBe(
      "KEY_FILE is not set: it must be a file.",
    ));
  test("may be missing", () => expect(["", "\n", "{}\n", "Killed\n"].map(lastSentence)).toEqual([null, null, null, null]));
  test("are cut where they never end", () => expect(lastSentence(`It ${"x".repeat(1_000)}`)).toHaveLength(304));
});
