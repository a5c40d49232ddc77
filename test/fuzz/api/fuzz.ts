import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from "graphql";
import { caseWithConsent, shelterWith } from "../../journeys/journey.js";
import type { System } from "../../support/system.js";
import { Random } from "../random.js";
import { graphqlRequests } from "./graphql.js";
import { restRequests, type OpenApi, type Sent } from "./rest.js";

/** What a run found. */
export interface Outcome {
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Answers that no request may have: the server's own faults, or none at all. */
  readonly faults: readonly string[];
  /** How often an exchange of views was asked for by GraphQL. */
  readonly exchanges: number;
}

const people = ["amina", "amina", "amina", "esther", "esther", "imani", "jabari", "khadija", "rehema", "tatu", "omari", "upendo"];
const mostFaults = 20;

/**
 * Sends so many requests that OpenAPI and the GraphQL schema describe, and such as they do not, by several people. The same seed sends the
 * same ones; which ids are in them depends on what was created meanwhile.
 */
export async function fuzz(
  system: System,
  { requests, seed, inFlight = 8 }: { requests: number; seed: number; inFlight?: number },
): Promise<Outcome> {
  const ids = [await shelterWith(system, [{ bed: "W-1", category: "Women", availability: "YearRound" }])];
  for (let each = 0; each < 5; each++) ids.push(await caseWithConsent(system));
  const openApi = (await (await fetch(`${system.base}/v1/openapi.json`)).json()) as OpenApi;
  const schema = buildClientSchema((await system.graphql<{ data: IntrospectionQuery }>("upendo", getIntrospectionQuery())).body.data);
  const [rest, graphql] = [restRequests(openApi), graphqlRequests(schema)];
  const statuses: Record<string, number> = {};
  const faults: string[] = [];
  let [next, exchanges] = [0, 0];
  const work = async () => {
    for (let index = next++; index < requests && faults.length < mostFaults; index = next++) {
      const random = new Random(seed * 1_000_003 + index);
      const who = random.one(people);
      const sent = (random.chance(0.65) ? rest : graphql)(random, ids);
      if (sent.path === "/graphql" && /rollbackViews|swapViews/.test(sent.body ?? "")) exchanges++;
      const { status, text } = await send(system, who, sent).catch((error: Error) => ({ status: 0, text: error.message }));
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status === 0 || status >= 500 || /"(status|code)":(5\d\d|"Unexpected")/.test(text))
        faults.push(
          `${index}: ${who} ${sent.name} ${sent.path.slice(0, 200)} ${(sent.body ?? "").slice(0, 600)} -> ${status} ${text.slice(0, 300)}`,
        );
      const created = status === 201 && /"id":"([0-9a-f-]{36})"/.exec(text)?.[1];
      if (created && ids.length < 50) ids.push(created);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, work));
  return { statuses, faults, exchanges };
}

async function send(system: System, who: string, { method, path, headers, body }: Sent): Promise<{ status: number; text: string }> {
  const authorization = `Bearer ${await system.token(who)}`;
  const response = await fetch(`${system.base}${path}`, {
    method,
    headers: { ...headers, authorization },
    ...(body !== undefined && { body }),
  });
  if (response.headers.get("content-type") !== "text/event-stream") return { status: response.status, text: await response.text() };
  await response.body!.cancel();
  return { status: response.status, text: "" };
}

/** Of all that the api has answered, what took it longer than so many seconds, and how often: by its own clock, since the machine may be busy. */
export async function slowAnswers(system: System, { exchanges }: Pick<Outcome, "exchanges">, seconds: 2 | 5): Promise<readonly string[]> {
  const metrics = await (await fetch(`${system.base}/metrics`)).text();
  // What operators ask of the read side waits for what others of them do there: a table that is put in another's place, views folded on.
  const answered = metrics.replaceAll(/^.*route="\/v1\/projections[^"]*".*$/gm, "");
  const counts = (pattern: RegExp) => new Map([...answered.matchAll(pattern)].map(([, labels, count]) => [labels!, Number(count)]));
  const within = counts(new RegExp(`^http_request_duration_seconds_bucket\\{le="${seconds}",(.*)\\} (\\d+)$`, "gm"));
  const all = counts(/^http_request_duration_seconds_count\{(.*)\} (\d+)$/gm);
  // By GraphQL all have one route.
  const allowed = (labels: string) => (labels.includes('route="/graphql"') ? exchanges : 0);
  const slow = [...all].map(([labels, count]) => [labels, count - (within.get(labels) ?? 0)] as const);
  return slow.flatMap(([labels, count]) => (count > allowed(labels) ? [`${count} of ${labels}`] : []));
}
