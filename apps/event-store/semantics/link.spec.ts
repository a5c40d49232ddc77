import { linkOf } from "./link.js";

const of = (data: string, type = "$>") => linkOf({ type, data: Buffer.from(data) });

test("a link is split at its first @, and the name is taken as it stands", () => {
  expect(of("3@case-1")?.target).toEqual({ revision: 3n, stream: "case-1" });
  expect(of("3@a@b ")?.target).toEqual({ revision: 3n, stream: "a@b " });
  expect(of("0@")?.target).toEqual({ revision: 0n, stream: "" });
  expect(of("-1@case-1")?.target).toEqual({ revision: -1n, stream: "case-1" });
});
test.each(["3", " 0@case-1", "0 @case-1"])("%s is a link that resolves to nothing", (data) => expect(of(data)).toEqual({ target: null }));
test.each(["x@case-1", "@case-1", "", "1.5@case-1"])("%s is no link", (data) => expect(of(data)).toBeNull());
test("only a link event is a link", () => expect(of("3@case-1", "CaseOpened")).toBeNull());
