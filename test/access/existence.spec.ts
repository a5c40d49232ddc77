import { randomUUID } from "node:crypto";
import { caseWithConsent } from "../journeys/journey.js";
import { System } from "../support/system.js";

// Whether there is a case that one may not see is told by nothing: not by the status, the body or the headers, and not by the time it takes.

const system = new System();
/** Cases that baraka, who works in another house, does not stand to. */
let notHis: string[];
let token: string;
beforeAll(async () => {
  await system.start();
  notHis = await Promise.all(Array.from({ length: 20 }, () => caseWithConsent(system)));
  token = await system.token("baraka");
}, 120_000);
afterAll(() => system.stop(), 60_000);

interface Question {
  readonly name: string;
  readonly ask: (id: string) => { path: string; body?: object };
}
const consent = {
  purpose: "FamilyTracing",
  recipients: [],
  dataClasses: ["identity"],
  expiresAt: "2030-01-01T00:00:00Z",
  givenBy: "self",
  evidence: "Signature",
};
const questions: readonly Question[] = [
  { name: "the case", ask: (id) => ({ path: `/v1/cases/${id}` }) },
  { name: "its past", ask: (id) => ({ path: `/v1/cases/${id}/state` }) },
  { name: "its history", ask: (id) => ({ path: `/v1/cases/${id}/history` }) },
  { name: "its live line", ask: (id) => ({ path: `/v1/cases/${id}/live` }) },
  { name: "a consent", ask: (id) => ({ path: `/v1/cases/${id}/give-consent`, body: consent }) },
  { name: "the team", ask: (id) => ({ path: `/v1/cases/${id}/remove-worker`, body: { worker: "w", reason: "TaskDone" } }) },
  {
    name: "by GraphQL",
    ask: (id) => ({ path: "/graphql", body: { query: "query($id: ID!) { case(id: $id) { revision } }", variables: { id } } }),
  },
  { name: "in a list", ask: (id) => ({ path: `/v1/consents?caseId=${id}` }) },
];

interface Told {
  readonly status: number;
  readonly body: string;
  readonly headers: string;
  readonly milliseconds: number;
}
async function ask({ ask: asked }: Question, id: string): Promise<Told> {
  const { path, body } = asked(id);
  const since = performance.now();
  const response = await fetch(`${system.base}${path}`, {
    headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) },
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const milliseconds = performance.now() - since;
  const varying = new Set(["date", "request-id", "content-length"]);
  const headers = [...response.headers].filter(([name]) => !varying.has(name)).map(([name, value]) => `${name}: ${value}`);
  const requestId = response.headers.get("request-id") ?? "";
  const plain = text.replaceAll(requestId, "(request)").replaceAll(id, "(id)");
  return { status: response.status, body: plain, headers: headers.toSorted().join("\n"), milliseconds };
}

/** By how many standard deviations the ranks of the one differ from those of the other (Mann-Whitney). */
function difference(one: readonly number[], other: readonly number[]): number {
  const ranked = [...one.map((value) => [value, 1] as const), ...other.map((value) => [value, 0] as const)].toSorted(([a], [b]) => a - b);
  const sum = ranked.reduce((total, [, isOne], index) => total + (isOne ? index + 1 : 0), 0);
  const [n, m] = [one.length, other.length];
  const mean = (n * (n + m + 1)) / 2;
  return (sum - mean) / Math.sqrt((n * m * (n + m + 1)) / 12);
}

/** More by `EXISTENCE_PAIRS=10000 npm test`. */
const pairs = Number(process.env["EXISTENCE_PAIRS"] ?? 400);
const atOnce = 8;

test(`${pairs} pairs of questions, each about a case that is not one's own and about none at all, are answered alike`, async () => {
  const times = new Map(questions.map(({ name }) => [name, { notHis: [] as number[], absent: [] as number[] }]));
  const differing: unknown[] = [];
  let asked = 0;
  const worker = async () => {
    while (asked < pairs) {
      const number = asked++;
      const question = questions[number % questions.length]!;
      const [there, absent] = [notHis[number % notHis.length]!, randomUUID()];
      const first = Math.random() < 0.5;
      const one = await ask(question, first ? there : absent);
      const other = await ask(question, first ? absent : there);
      const [ofThere, ofAbsent] = first ? [one, other] : [other, one];
      times.get(question.name)!.notHis.push(ofThere.milliseconds);
      times.get(question.name)!.absent.push(ofAbsent.milliseconds);
      const [{ milliseconds: _, ...a }, { milliseconds: __, ...b }] = [ofThere, ofAbsent];
      if (JSON.stringify(a) !== JSON.stringify(b)) differing.push([question.name, a, b]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  expect(differing.slice(0, 3)).toEqual([]);
  // Of noise alone, one run in 2,000 would be as far off in one of them.
  const differences = [...times].map(([name, { notHis: one, absent }]) => [name, Math.abs(difference(one, absent))] as const);
  expect(differences.filter(([, each]) => each >= 4)).toEqual([]);
}, 300_000);
