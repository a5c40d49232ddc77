import { linkTarget } from "./link.js";

const of = (data: string, type = "$>") => linkTarget({ type, data: Buffer.from(data) });

test("a link is split at its first @, and the name is taken as it stands", () => {
  expect(of("3@case-1")).toEqual({ revision: 3n, stream: "case-1" });
  expect(of("3@a@b ")).toEqual({ revision: 3n, stream: "a@b " });
  expect(of("0@")).toEqual({ revision: 0n, stream: "" });
  expect(of("-1@case-1")).toEqual({ revision: -1n, stream: "case-1" });
});
test.each(["x@case-1", "@case-1", "3", "", "1.5@case-1"])("%s names no revision", (data) => expect(of(data)).toBeNull());
test("only a link event is a link", () => expect(of("3@case-1", "CaseOpened")).toBeNull());
