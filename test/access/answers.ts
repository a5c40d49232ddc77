import { collectionOf } from "#platform/values/addresses.js";
import { differences } from "#api/history/differences.js";
import { access } from "#access/disclosure.js";
import { cases } from "#cases/cases.js";
import { isFollowedUp, screenedOf, stageOf } from "#cases/stage.js";
import { records, vocabularies } from "#domain/domain.js";
import { tableOf } from "#projection/declare/columns.js";
import { shelters } from "#shelters/shelters.js";
import { EventLog } from "#store/event-log.js";
import { locate } from "#store/states.js";
import type { StoredFact } from "#store/stored.js";
import { EventReader, graphqlClient } from "../support/live.js";
import { eventually } from "../journeys/journey.js";
import { documentOf, rootFields } from "./documents.js";
import type { ExpectedAreas } from "#access/expectation.js";
import { answers, facts, notInStories, states } from "./expected.js";
import type { House } from "./houses.js";
import { seen, seesOf, type Person } from "./reading.js";
import { expectedRow, expectedSection, sectionsOf, viewOf, withoutNulls, type Row, type World } from "./world.js";

// Field by field: what everybody is told of her own and of foreign records, against what the log and the tables hold.

/** Registers the tests. */
export function answersAreTold(world: World): void {
  const { system, people } = world;
  let log: EventLog;
  beforeAll(() => void (log = new EventLog(system.environment["EVENTSTORE_URL"]!)));
  afterAll(() => log.close());

  const aggregates = { case: cases, shelter: shelters, access } as const;
  /** What follows from a state and is told with it. */
  const derivedOf = (aggregate: keyof typeof aggregates, state: any): Row =>
    aggregate === "case" ? { stage: stageOf(screenedOf(state.screening), state.closure.status, isFollowedUp(state.closure)) } : {};

  const factsOf = async (stream: string): Promise<StoredFact[]> => {
    const all: StoredFact[] = [];
    for await (const fact of log.readStream(stream)) all.push(fact);
    return all;
  };

  /** The state after these facts, without those that were marked as entered by mistake among them. */
  const stateOf = (of: (typeof aggregates)[keyof typeof aggregates], all: readonly StoredFact[]): any => {
    const mistakes = all.flatMap(({ type, data }) => (type === "EntryMarkedErroneous" ? [(data as { entry: string }).entry] : []));
    return all
      .filter(({ id }) => !mistakes.includes(id))
      .reduce<any>((before, stored) => {
        const { type, data, at } = locate(of as typeof cases, stored) as any;
        return (of as typeof cases).apply(before, { type, data } as never, { at, by: stored.metadata.by });
      }, of.initial);
  };

  /** What the history should tell of each fact. */
  function expectedHistory(
    person: Person,
    aggregate: keyof typeof aggregates,
    all: readonly StoredFact[],
    house: string | undefined,
  ): object[] {
    const of = aggregates[aggregate];
    const sees = seesOf(person);
    let state: Row = of.initial as Row;
    return all.map((stored, place) => {
      const { type, data, at } = locate(of as typeof cases, stored) as any;
      const before = { ...state, ...derivedOf(aggregate, state) };
      state =
        type === "EntryMarkedErroneous"
          ? stateOf(of, all.slice(0, place + 1))
          : ((of as typeof cases).apply(state as never, { type, data } as never, { at, by: stored.metadata.by }) as Row);
      const after: Row = { ...state, ...derivedOf(aggregate, state) };
      const topics = Object.keys(after).filter((topic) => after[topic] !== before[topic]);
      const part = (from: Row, topic: string) => (seen({ [topic]: from[topic] }, states[aggregate]!, sees, house) as Row)[topic];
      const changed = topics.map((topic) => [topic, { before: part(before, topic), after: part(after, topic) }] as const);
      const personal = Object.values(stored.personal ?? {}).flatMap((classes) =>
        Object.keys(classes).map((each) => each.split(" for ")[0]!),
      );
      const { metadata } = stored;
      const { by } = seen({ by: metadata.by }, answers["HistoryEntry"]!, sees, house) as { by: Row };
      return plain({
        revision: Number(stored.revision),
        id: stored.id,
        type,
        at: metadata.at,
        recordedAt: stored.recordedAt,
        purpose: metadata.purpose,
        source: metadata.source,
        commandId: metadata.commandId,
        hash: metadata.hash,
        integrity: "intact",
        erroneous: all.some((each) => each.type === "EntryMarkedErroneous" && (each.data as { entry: string }).entry === stored.id),
        lateReason: null,
        imported: null,
        by: Object.fromEntries(Object.entries(by).filter(([, value]) => value !== null)),
        data: seen(data, facts[type] as ExpectedAreas, sees, house) ?? {},
        sealed: [...new Set(personal)].toSorted(),
        words: Object.fromEntries(vocabularies["fact"]![type]!.map((word, place) => [["en", "sw", "fr"][place], word])),
        changed: differences(
          Object.fromEntries(changed.map(([topic, { before: was }]) => [topic, was])),
          Object.fromEntries(changed.map(([topic, { after: is }]) => [topic, is])),
        ),
      });
    });
  }
  const plain = (value: unknown): object => JSON.parse(JSON.stringify(value)) as object;

  /** Whoever asked may have left a trace meanwhile: what is told is the beginning of what there is. */
  const beginning = (all: object[], answer: object[]) => all.slice(0, answer.length);

  describe.each([
    ["case", "case", "Case"],
    ["shelter", "shelter", "Shelter"],
  ] as const)("%s", (name, kind, answer) => {
    const idsIn = ({ shelter, resident, former }: House) => (kind === "case" ? [resident, former] : [shelter]);
    const everyRecord = () => world.houses.flatMap((house) => idsIn(house).map((id) => [house, id] as const));

    test("is told field by field as far as each may see it", async () => {
      const rows = await world.rowsOf(answer);
      const sections = await world.sectionRowsOf(answer);
      for (const [house, id] of everyRecord())
        for (const person of world.allowed(name, house, id)) {
          const line = expectedRow(
            person,
            answer,
            rows.find((row) => row["id"] === id)!,
          );
          const parts = Object.entries(sections(id)).map(([part, [of, row]]) => [part, expectedSection(person, of, row, true)]);
          const expected = { ...line, ...Object.fromEntries(parts) };
          expect({ person, row: (await people.ask(person, "GET", `/v1/${collectionOf(kind)}/${id}`)).body }).toEqual({
            person,
            row: expected,
          });
          const byGraphql = withoutNulls(await world.byGraphql(person, name, { id }));
          expect({ person, row: byGraphql }).toEqual({ person, row: withoutNulls(expected) });
        }
    });

    test("its past states are told part by part as far as each may see them", async () => {
      for (const [house, id] of everyRecord()) {
        const all = await factsOf(`${kind}-${id}`);
        const state = stateOf(aggregates[kind], all);
        for (const person of world.allowed(`${kind}State`, house, id)) {
          const expected = plain(
            seen({ ...state, ...derivedOf(kind, state) }, states[kind]!, seesOf(person), kind === "shelter" ? id : undefined) as object,
          );
          expect({ person, state: (await people.ask(person, "GET", `/v1/${collectionOf(kind)}/${id}/state`)).body.state }).toEqual({
            person,
            state: expected,
          });
          expect({ person, state: (await world.byGraphql(person, `${kind}State`, { id })).state }).toEqual({ person, state: expected });
        }
      }
    });

    test.each([
      ["History", kind],
      ["Access", "access"],
    ] as const)("its %s is told fact by fact as far as each may see them", async (what, aggregate) => {
      for (const [house, id] of everyRecord())
        for (const person of world.allowed(`${kind}${what}`, house, id)) {
          const byRest = await people.ask(person, "GET", `/v1/${collectionOf(kind)}/${id}/${what.toLowerCase()}?first=200`);
          if (byRest.status === 404 && what === "Access") continue;
          const items = byRest.body.items as object[];
          const graphql = (await world.byGraphql(person, `${kind}${what}`, { id, where: { first: 200 } })).items as object[];
          const expected = expectedHistory(person, aggregate, await factsOf(`${aggregate}-${id}`), kind === "shelter" ? id : undefined);
          expect({ person, items }).toEqual({ person, items: beginning(expected, items) });
          expect({ person, items: graphql }).toEqual({ person, items: beginning(expected, graphql) });
        }
    });

    test("its live line is told field by field as far as each may see it, and nothing personal", async () => {
      const line = kind === "case" ? "Case" : "Shelter";
      const personal = new Set(
        tableOf(viewOf(line).row)
          .columns.filter((each) => each.sealed)
          .map(({ property }) => property),
      );
      const rows = await world.rowsOf(line);
      for (const [house, id] of everyRecord())
        for (const person of world.allowed(`${name}Live`, house, id)) {
          const shown = expectedRow(
            person,
            line,
            rows.find((row) => row["id"] === id)!,
          );
          const closed = Object.entries(shown).map(([field, value]) => [field, personal.has(field) ? null : value]);
          const expected = Object.fromEntries([...closed, ...Object.keys(sectionsOf(line)).map((part) => [part, null])]);
          const events = new EventReader(await people.send(person, "GET", `/v1/${collectionOf(kind)}/${id}/live`));
          expect({ person, row: (await events.next())!.data.row }).toEqual({ person, row: expected });
          await events.close();
          const client = graphqlClient(system.base, await people.token(person));
          const [, field] = rootFields(world.documents.graphql).find(([, each]) => each.name === `${name}Live`)!;
          const states = client.iterate<any>({ query: documentOf("subscription", field, { id }), variables: { id } });
          const told = (await states.next()).value.data.answer.row as unknown;
          expect({ person, row: withoutNulls(told) }).toEqual({ person, row: withoutNulls(expected) });
          await client.dispose();
        }
    });
  });

  const isFilled = (rows: readonly object[]) => rows.length > 0;

  test("in these stories everything happened that can happen, so that nothing is compared with nothing", async () => {
    // Somebody asked in vain.
    await eventually(() => world.rowsOf("Denial"), isFilled);
    const streams = world.houses.flatMap(({ shelter, resident, former }) => [`case-${resident}`, `case-${former}`, `shelter-${shelter}`]);
    const types = new Set((await Promise.all(streams.map(factsOf))).flat().map(({ type }) => type));
    const all = [...Object.keys(cases.versions), ...Object.keys(shelters.versions)].filter((type) => !notInStories.includes(type));
    expect([...types].toSorted()).toEqual(all.toSorted());
    for (const [answer, table] of Object.entries(answers).filter(([name]) => viewOf(name) !== undefined)) {
      const rows = await world.rowsOf(answer);
      // An operator lets an event be passed over only where a view cannot take it, which none of these stories tells.
      const fields = Object.keys(table).filter(
        (path) => !path.includes("[") && path !== "skipped" && !notInStories.includes(`${answer}.${path}`),
      );
      expect([answer, fields.filter((field) => !rows.some((row) => row[field] !== null))]).toEqual([answer, []]);
    }
    const declared = records.flatMap(({ of }) => Object.keys(of.versions));
    expect(Object.keys(facts).toSorted()).toEqual(declared.toSorted());
  });
}
