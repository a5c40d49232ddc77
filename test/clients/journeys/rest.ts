import createClient from "openapi-fetch";
import type { components, paths } from "./openapi.js";

// What a frontend does with types that were made of the served OpenAPI document, and nothing else.

type Opening = components["schemas"]["OpenCase"];
type Case = components["schemas"]["Case"];

/** From an opened case to what is known of her. Answers the case with what hangs below it. */
export async function journey(base: string, token: string, opening: Opening): Promise<Case> {
  const api = createClient<paths>({ baseUrl: base, headers: { authorization: `Bearer ${token}` } });
  const opened = await api.POST("/v1/cases/open-case", { body: opening, headers: { "Idempotency-Key": crypto.randomUUID() } });
  if (!opened.data) throw new Error(opened.error.detail);
  const path = { id: opened.data.id };
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  const given = await api.POST("/v1/cases/{id}/give-consent", {
    params: { path },
    body: {
      purpose: "Interview",
      recipients: ["4c5a1f60-0000-4000-8000-0000000000ff"],
      dataClasses: ["identity", "narrative"],
      expiresAt,
      givenBy: "self",
      evidence: "Signature",
    },
  });
  if (!given.data) throw new Error(given.error.detail);
  const named = await api.POST("/v1/cases/{id}/record-identity", {
    params: { path },
    body: { givenName: "Examplina", citizenships: ["TZ"], languages: ["sw"] },
  });
  if (!named.data) throw new Error(named.error.detail);
  const position = named.data.position;
  if (position === null) throw new Error("nothing was recorded");
  const wrong = await api.POST("/v1/cases/{id}/request-closure", {
    params: { path },
    body: { reason: "Other" },
    headers: { "If-Match": "0" },
  });
  if (wrong.error?.code !== "StaleRevision") throw new Error("a stale revision was taken");
  const file = await api.GET("/v1/cases/{id}", {
    params: { path, query: { include: ["consents", "teamMembers"] }, header: { "Consistent-After": position } },
  });
  if (!file.data) throw new Error(file.error.detail);
  const page = await api.GET("/v1/cases", { params: { query: { stage: "Draft", first: 5 } } });
  const listed = page.data?.items.find(({ id }) => id === opened.data.id);
  if (listed?.region !== file.data.region) throw new Error("the list shows another case");
  return file.data;
}
