import { originsOf } from "./origins.js";

test("pages of named origins are ours, and no others", () => {
  const isOurs = originsOf("https://screens.example.org, https://other.example.org:8443");
  expect(["https://screens.example.org", "https://other.example.org:8443"].every(isOurs)).toBe(true);
  for (const stranger of [
    ...["https://screens.example.org.evil.example", "http://screens.example.org", "https://example.org", "null", ""],
    ...["https://other.example.org", "https://other.example.org:84430"],
  ])
    expect([stranger, isOurs(stranger)]).toEqual([stranger, false]);
});

test("on this machine the port may be any", () => {
  const isOurs = originsOf("http://localhost:*,http://127.0.0.1:*");
  for (const page of ["http://localhost:5173", "http://127.0.0.1:3000"]) expect([page, isOurs(page)]).toEqual([page, true]);
  for (const page of [
    "https://localhost:5173",
    "http://localhost.evil.example:5173",
    "http://localhost:5173.evil.example",
    "http://localhost",
  ])
    expect([page, isOurs(page)]).toEqual([page, false]);
});

test("nothing named is nobody's", () => expect(originsOf("")("https://screens.example.org")).toBe(false));

test.each([
  "*",
  "screens.example.org",
  "https://screens.example.org/",
  "https://*.example.org",
  "https://example.org:*",
  "null",
  "file://",
])("%s is no origin", (text) => expect(() => originsOf(text)).toThrow());
