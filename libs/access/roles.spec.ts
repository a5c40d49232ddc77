import { demoPeople } from "#platform/sign-in/sign-in.js";
import { roles } from "./roles.js";

test("in the demo there is somebody for each role that a person can have, and nobody of another", () => {
  const inDemo = new Set(demoPeople.map(({ role }) => role));
  expect([...inDemo, "policy"].sort()).toEqual([...roles].sort());
});
