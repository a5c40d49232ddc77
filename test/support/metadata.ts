import type { Metadata } from "#store/stored.js";

/** What stands beside a fact that the application has written. */
export const metadata: Metadata = {
  schema: 1,
  at: "2026-01-10T08:00:00.000Z",
  by: { id: "amina", role: "shelter-case-manager" },
  purpose: "CaseManagement",
  commandId: "1",
  requestHash: "",
  $correlationId: "1",
  $causationId: "1",
  source: "api",
  prev: "",
  hash: "",
};
