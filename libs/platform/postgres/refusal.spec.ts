import { DatabaseError } from "pg";
import { refusalOf } from "./refusal.js";

const refused = (code: string) => Object.assign(new DatabaseError("no", 2, "error"), { code });

test.each([
  ["nobody listens there", Object.assign(new Error("connect"), { code: "ECONNREFUSED" }), "does not answer"],
  ["its name is unknown", Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" }), "does not answer"],
  ["it hangs up", new Error("Connection terminated unexpectedly"), "does not answer"],
  ["the password is wrong", refused("28P01"), "does not accept the name or the password"],
  ["it has no such database", refused("3D000"), "does not exist"],
  ["the account may not make tables", refused("42501"), "lacks a right"],
  ["it is starting", refused("57P03"), "takes no connections"],
  ["its disk is full", refused("53100"), "can store nothing"],
])("where %s, people are told so, and which variable to see to", (_why, error, sentence) => {
  expect(refusalOf(error, "KEYRING_URL")).toContain(sentence);
  expect(refusalOf(error, "KEYRING_URL")).toContain("KEYRING_URL");
});

test("an error of ours is not told as one of the database", () => {
  expect(refusalOf(refused("42P01"))).toBeNull();
  expect(refusalOf(new Error("a text"))).toBeNull();
});
