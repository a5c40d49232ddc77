import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { caseWithConsent, consent } from "../journeys/journey.js";
import type { System } from "../support/system.js";
import { median, rate, report, type Rate } from "./measure.js";

/** As it is run: none of the limits that tests lift. */
export const asRun = { RATE_LIMIT: "6000", UNSIGNED_LIMIT: "600", WRONG_SIGN_INS: "30" };

const rounds = 5;
const connections = 64;
/** Requests of a round, and people at work: few enough to stay within what a person may ask. */
const asked = 600;
const people = ["amina", "baraka", "chausiku", "daudi", "imani", "jabari"];
/** Attackers need a moment to be at it, milliseconds. */
const begin = 2_000;

type Attack = (index: number) => { readonly path: string; readonly method?: string; readonly body?: string; readonly token?: string };

const deep = "[".repeat(60_000) + "]".repeat(60_000);
const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, each) => [`f${each}`, each])));
const long = JSON.stringify({ citizenships: Array.from({ length: 40_000 }, () => "ZZ"), languages: [] });

/** Without a token: every route, bodies that nobody should read, tokens that are none, passwords that are wrong. */
const unsigned: Attack = (index) =>
  [
    { path: "/v1/cases" },
    { path: "/v1/cases/open-case", method: "POST", body: long },
    { path: "/graphql", method: "POST", body: deep },
    { path: "/v1/cases", token: `eyJhbGciOiJFZERTQSJ9.${index}.x` },
    { path: "/metrics" },
    { path: "/v1/openapi.json" },
  ][index % 6]!;

/** With a token of somebody who may do nothing: the worst bodies, and queries that are all work. */
const powerless = (token: string, id: string): Attack => {
  const aliases = Array.from({ length: 20 }, (_, each) => `a${each}: vocabularies { name codes { code en sw fr } }`).join(" ");
  const unfitting = `query { ${Array.from({ length: 900 }, () => "vocabularies { name }").join(" ")} }`;
  const graphql = (query: string) => ({ path: "/graphql", method: "POST", body: JSON.stringify({ query }), token });
  return (index) =>
    [
      { path: `/v1/cases/${id}/record-identity`, method: "POST", body: long, token },
      { path: `/v1/cases/${id}/record-identity`, method: "POST", body: wide, token },
      { path: "/graphql", method: "POST", body: `{"query":"{ __typename }","variables":${deep}}`, token },
      graphql(`{ ${aliases} } # ${index}`),
      graphql(`${unfitting} # ${index}`),
      graphql(`{ __schema { types { name fields { name args { name type { name } } type { name } } } } } # ${index}`),
      { path: `/v1/cases/${id}`, token },
    ][index % 7]!;
};

/** People at work alone, then beside attackers at other addresses who send as fast as they are answered; in turns. */
export async function hostile(system: System): Promise<void> {
  const ids = await Promise.all(Array.from({ length: 12 }, () => caseWithConsent(system)));
  const [token] = await Promise.all(["upendo", ...people].map((who) => system.token(who)));
  const ask = (index: number) => {
    const [who, id] = [people[index % people.length]!, ids[index % ids.length]!];
    if (index % 3 === 0)
      return system.post("amina", `/v1/cases/${id}/refuse-consent`, { purpose: "PhotoMedia", refusedBy: consent.givenBy });
    return index % 3 === 1 ? system.get(who, `/v1/cases/${id}`) : system.graphql(who, "{ cases { items { id stage region } next } }");
  };
  const work = async (index: number) => {
    const { status, body } = await ask(index);
    if (status !== 200 || body.errors) throw new Error(`a person at work was answered ${status} ${JSON.stringify(body)}`);
  };
  const taken: { alone: Rate; beside: Rate }[] = [];
  await rate(asked, 8, work);
  for (let round = 0; round < rounds; round++) {
    const alone = await paced(work);
    const ends = [attack(system.base, "127.0.0.2", unsigned), attack(system.base, "127.0.0.3", powerless(token!, ids[0]!))];
    await pause(begin);
    const beside = await paced(work);
    taken.push({ alone, beside });
    await Promise.all(ends.map((end) => end()));
  }
  const row = (what: string, name: "alone" | "beside") => {
    const of = (figure: keyof Rate) => median(taken.map((each) => each[name][figure]));
    return { what, perSecond: of("perSecond"), p50: of("p50"), p99: of("p99") };
  };
  const ratio = (figure: "p50" | "p99") => median(taken.map(({ alone, beside }) => beside[figure] / alone[figure]));
  report("hostile", [row("people at work", "alone"), row(`the same beside two attackers with ${connections} connections each`, "beside")], {
    "p50 beside / alone": ratio("p50"),
    "p99 beside / alone": ratio("p99"),
  });
}

const paced = (work: (index: number) => Promise<unknown>): Promise<Rate> => rate(asked, 8, work);

/** Sends over so many connections until it is ended. Answers what ends it. */
function attack(base: string, localAddress: string, next: Attack): () => Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let index = 0;
  const stopping = new AbortController();
  const one = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const { path, method = "GET", body, token } = next(index++);
      const headers = { ...(body && { "content-type": "application/json" }), ...(token && { authorization: `Bearer ${token}` }) };
      await new Promise<void>((resolve) => {
        const sent = request(`${base}${path}`, { agent, localAddress, method, headers }, (response) =>
          response.resume().once("close", resolve),
        );
        sent.once("error", () => resolve());
        sent.end(body);
      });
    }
  };
  const running = Promise.all(Array.from({ length: connections }, one));
  return async () => {
    stopping.abort();
    await running;
    agent.destroy();
  };
}
