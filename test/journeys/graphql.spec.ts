import { System } from "../support/system.js";
import { consent, eventually, findings, shelterWith, woman } from "./journey.js";

const system = new System();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.stop(), 60_000);

/** `mutation name(id, input)`: answers the receipt. */
const change = async (username: string, name: string, input: object, id?: string) => {
  const type = name[0]!.toUpperCase() + name.slice(1);
  const variables = id ? "$id: ID!, " : "";
  const reply = await system.graphql(
    username,
    `mutation(${variables}$input: ${type}!) { done: ${name}(${id ? "id: $id, " : ""}input: $input) { id revision position } }`,
    { id, input },
  );
  return reply.body.errors ? reply.body.errors[0].extensions : reply.body.data.done;
};

test("forms find every code list with its labels, by GraphQL", async () => {
  const { body } = await system.graphql("upendo", "{ vocabularies { name codes { code sw } } }");
  expect(body.data.vocabularies).toContainEqual({ name: "giver", codes: expect.arrayContaining([{ code: "guardian", sw: "Mlezi" }]) });
});

test("from first contact to discharge, by GraphQL", async () => {
  const shelter = await shelterWith(system, [{ bed: "W-1", category: "Women", availability: "YearRound" }]);
  const { id } = await change("amina", "openCase", { ...woman, immediateNeeds: "Invented needs" });
  expect(await change("amina", "startScreening", { formVersion: 1 }, id)).toMatchObject({ status: 409, code: "InterviewNotPermitted" });
  await change("amina", "giveConsent", consent, id);
  await change("amina", "recordIdentity", { givenName: "Examplina", citizenships: ["TZ"], languages: ["sw"] }, id);
  await change("amina", "startScreening", { formVersion: 1 }, id);
  await change("amina", "completeScreening", findings, id);
  await change("imani", "determineTraffickingStatus", { status: "PossibleVictimOfTrafficking", decidedBy: "NGO", basis: "Screening" }, id);
  const admitted = await change("amina", "admitResident", { caseId: id, voluntary: true, houseRulesExplained: true }, shelter);
  expect(admitted.id).toBe(shelter);
  await eventually(
    () => system.graphql("amina", `{ caseState(id: "${id}") { state } }`),
    ({ body }) => body.data.caseState.state.placement.current,
  );
  const seen = await system.graphql(
    "amina",
    `{ case(id: "${id}", consistentAfter: "${admitted.position}") { traffickingStatus person { identity { givenName familyName } } firstContact { immediateNeeds { immediateNeeds } } }
       shelter(id: "${shelter}") { occupied free location { address } }
       consents(where: { caseId: "${id}" }) { items { purpose status } } }`,
  );
  expect(seen.body.data).toEqual({
    case: {
      traffickingStatus: "PossibleVictimOfTrafficking",
      person: { identity: { givenName: "Examplina", familyName: null } },
      firstContact: { immediateNeeds: { immediateNeeds: "Invented needs" } },
    },
    shelter: { occupied: 1, free: 0, location: { address: "Invented street 1" } },
    consents: { items: [{ purpose: "Interview", status: "Given" }] },
  });
  await change("amina", "requestClosure", { reason: "ReunifiedWithFamily" }, id);
  const closed = await system.graphql("imani", `mutation { approveClosure(id: "${id}") { position } }`);
  expect(closed.body.errors).toBeUndefined();
  await eventually(
    () => system.graphql("amina", `{ stays(where: { caseId: "${id}" }) { items { exitType dischargedAt } } }`),
    ({ body }) => body.data.stays.items[0]?.exitType === "Reunification",
  );
  const told = await system.graphql("rehema", `{ caseHistory(id: "${id}", where: { first: 2 }) { items { type sealed } next } }`);
  expect(told.body.data.caseHistory).toEqual({
    items: [
      { type: "CaseOpened", sealed: ["narrative"] },
      { type: "ConsentGiven", sealed: [] },
    ],
    next: 1,
  });
});

test("a query that is none, and one that is not allowed, are told as problems", async () => {
  expect((await system.graphql("amina", "{ nothing }")).body.errors[0].extensions.code).toBe("RequestMalformed");
  expect((await system.graphql("omari", "{ cases { next } }")).body.errors[0].extensions).toMatchObject({ code: "NotFound", status: 404 });
});

test.each([
  ["no object", [], "body"],
  ["without a query", {}, "query"],
  ["that names an operation where none is listed", { extensions: { persistedQuery: { sha256Hash: "00" } } }, "query"],
  ["with a query that is a number", { query: 1 }, "query"],
  ["with variables that are a list", { query: "{ __typename }", variables: [1] }, "variables"],
  ["with a name that is an object", { query: "{ __typename }", operationName: {} }, "operationName"],
  ["with extensions that are a number", { query: "{ __typename }", extensions: 4 }, "extensions"],
])("a request %s is no request of GraphQL", async (_, body, name) => {
  const answer = await system.post("amina", "/graphql", body);
  expect(answer.status).toBe(400);
  expect(answer.body.errors[0].extensions).toMatchObject({ status: 400, code: "RequestMalformed", errors: [{ field: name }] });
});

test("a query that asks too much is refused before anything of it is done", async () => {
  const { body } = await system.graphql(
    "amina",
    `{ ${Array.from({ length: 21 }, (_, index) => `c${index}: vocabularies { name }`).join(" ")} }`,
  );
  expect(body.data).toBeNull();
  expect(body.errors[0]).toMatchObject({
    message: expect.stringContaining("at most 20"),
    extensions: { status: 400, code: "RequestMalformed" },
  });
  const deep = await system.graphql("amina", `{ ${"cases { items ".repeat(6)} { id } ${"}".repeat(6)} }`);
  expect(deep.body.errors).toBeDefined();
});
