import { textsAt } from "./claims.js";

const token = {
  role: "nurse",
  realm_access: { roles: ["offline_access", "supervisor", 7, ""] },
  resource_access: { "hifadhi.api": { roles: ["auditor"] } },
  "https://id.example.org/shelter": "k-1",
  organisation: ["o"],
};

test.each([
  ["role", ["nurse"]],
  ["organisation", ["o"]],
  ["realm_access.roles", ["offline_access", "supervisor"]],
  ["https://id.example.org/shelter", ["k-1"]],
  ["realm_access", []],
  ["realm_access.roles.0", []],
  ["constructor.name", []],
  ["nothing", []],
])("at %s stand %j", (place, texts) => expect(textsAt(token, place)).toEqual(texts));
