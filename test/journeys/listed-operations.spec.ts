import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { graphqlClient } from "../support/live.js";
import { System } from "../support/system.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { caseWithConsent, eventually } from "./journey.js";

const cases = "{ cases { items { id stage } } }";
const following = "subscription ($id: ID!) { caseLive(id: $id) { position } }";
const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");
const naming = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: hashOf(text) } });

const system = new System();
beforeAll(async () => {
  const file = join(temporaryFolder(), "operations.json");
  writeFileSync(file, JSON.stringify(Object.fromEntries([cases, following].map((text) => [hashOf(text), text]))));
  await system.start({ GRAPHQL_OPERATIONS: file });
}, 120_000);
afterAll(() => system.stop(), 60_000);

test("a listed operation is answered by its hash, and by its text", async () => {
  const byHash = await system.post("musa", "/graphql", { extensions: naming(cases) });
  expect([byHash.status, byHash.body.data.cases.items]).toEqual([200, []]);
  expect((await system.graphql("musa", cases)).body.data.cases.items).toEqual([]);
});

test("no other operation is answered, and there is no page to try one", async () => {
  const reply = await system.graphql("musa", "{ cases { next } }");
  expect(reply.body).toMatchObject({ data: null, errors: [{ extensions: { status: 403, code: "OperationNotListed" } }] });
  expect((await fetch(`${system.base}/altair/`)).status).toBe(401);
});

test("a case is followed by a listed subscription, and by no other", async () => {
  const id = await caseWithConsent(system);
  await eventually(
    () => system.get("imani", `/v1/cases/${id}`),
    ({ status }) => status === 200,
  );
  const client = graphqlClient(system.base, await system.token("imani"));
  const told = client.iterate<any>({ query: "", extensions: naming(following), variables: { id } });
  expect((await told.next()).value.data.caseLive.position).toMatch(/^\d+$/);
  const other = client.iterate<any>({ query: "subscription ($id: ID!) { caseLive(id: $id) { __typename } }", variables: { id } });
  await expect(other.next()).rejects.toMatchObject([{ extensions: { code: "OperationNotListed" } }]);
  await client.dispose();
});
