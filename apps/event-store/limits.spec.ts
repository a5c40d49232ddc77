import { defaultLimits, withLimit } from "./limits.js";

test("a limit is given by its name, and others stay as they are", () => {
  expect(withLimit("connections=5", { stuckSeconds: 7 })).toEqual({ stuckSeconds: 7, connections: 5 });
  expect(withLimit("connections=6", { connections: 5 })).toEqual({ connections: 6 });
});

test.each([
  "patience=5",
  "toString=5",
  "connections",
  "connections=",
  "connections=0",
  "connections=-1",
  "connections=1.5",
  "connections=x",
])("what is no limit is refused with what there is: %s", (text) =>
  expect(() => withLimit(text)).toThrow(/There is no limit|whole number above 0/),
);

test("one client cannot take all there is by default", () => {
  expect(defaultLimits.connectionsPerAddress).toBeLessThan(defaultLimits.connections);
  expect(defaultLimits.pendingBytesPerUser).toBeLessThan(defaultLimits.pendingBytes);
  expect(defaultLimits.appendBytes).toBeLessThan(defaultLimits.pendingBytesPerUser);
});
