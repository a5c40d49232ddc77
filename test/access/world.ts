import type { Pool } from "pg";
import type { Composed } from "#api/reads/reads.js";
import { operations, views } from "#domain/domain.js";
import { tableOf } from "#projection/declare/columns.js";
import { openReading, readList } from "#projection/read/reading.js";
import type { SealedPart } from "#seal/sealed.js";
import { organisation } from "../journeys/journey.js";
import { System } from "../support/system.js";
import { documentOf, documentsOf, rootFields, type Documents } from "./documents.js";
import { answers, standings, toldOfTopics } from "./expected.js";
import { houseOf, told, type House } from "./houses.js";
import { idOf, People } from "./people.js";
import { everybodyOf, isNarrowed, mayAsk, seen, seenRow, seesOf, standsTo, type Person } from "./reading.js";

export type Row = Record<string, any>;
export const viewOf = (name: string) => views.find(({ row }) => row.name === `${name}View`)!;

/** What of an answer stands in tables of its own, by the name of the part: the answer that it is. */
export const sectionsOf = (answer: string): Readonly<Record<string, string>> => {
  const composed = operations.find((each): each is Composed => "sections" in each && each.returns.name === `${answer}View`);
  return Object.fromEntries(Object.entries(composed?.sections ?? {}).map(([name, { row }]) => [name, row.name.replace(/View$/, "")]));
};

/** Two houses in which everything has happened, and everybody who may ask about them. */
export class World {
  readonly system = new System();
  readonly people = new People(this.system);
  documents!: Documents;
  houses: House[] = [];
  everybody: Person[] = [];
  /** The tables, as their owner reads them. */
  reading!: Pool;

  async start(): Promise<void> {
    await this.system.start({ LIVE_STREAMS_PER_PERSON: "1000" });
    this.documents = await documentsOf(this.people);
    this.houses = [await houseOf(this.people, "OWN-1"), await houseOf(this.people, "FOR-1")];
    this.everybody = everybodyOf(this.houses[0]!.shelter);
    this.reading = openReading(this.system.environment["DATABASE_URL"]!);
  }

  async stop(): Promise<void> {
    await this.reading.end();
    await this.system.stop();
  }

  /** All rows of a view as the table holds them. What is sealed is put in as it was told. */
  async rowsOf(answer: string): Promise<Row[]> {
    const table = tableOf(viewOf(answer).row);
    const { rows } = await this.reading.query<Row>(`select ${readList(table)} from "${table.table}"`);
    const sealed = table.columns.filter((each) => each.sealed && !each.many).map(({ property }) => property);
    const many = table.columns.filter((each) => each.many).map(({ property }) => property);
    return rows.map((row) => ({
      ...row,
      ...Object.fromEntries(
        sealed.map((name) => [
          name,
          row[name] && (toldOfTopics[`${answer}.${name}`] ?? toldOfTopics[name] ?? told[name as keyof typeof told]),
        ]),
      ),
      ...Object.fromEntries(
        many.map((name) => [name, (row[name] as SealedPart[]).length > 0 ? notesOf(`${answer}.${name}`, row[name] as SealedPart[]) : null]),
      ),
    }));
  }

  /** The rows of the sections of an answer, by the part's name and the record's id. */
  async sectionRowsOf(answer: string): Promise<(id: string) => Readonly<Record<string, [answer: string, row: Row | undefined]>>> {
    const all = await Promise.all(
      Object.entries(sectionsOf(answer)).map(async ([name, section]) => {
        const rows = new Map((await this.rowsOf(section)).map((row) => [row["id"] as string, row]));
        return [name, section, rows] as const;
      }),
    );
    return (id) => Object.fromEntries(all.map(([name, section, rows]) => [name, [section, rows.get(id)]]));
  }

  async byGraphql(person: Person, name: string, given: object): Promise<any> {
    const [kind, field] = rootFields(this.documents.graphql).find(([, each]) => each.name === name)!;
    const { data, problem } = await this.people.graphql(person, documentOf(kind, field, given as Record<string, unknown>), given);
    expect(problem).toBeUndefined();
    return data.answer;
  }

  /** Who may ask for this, of a house or of a case of it. */
  allowed(name: string, house: House, id?: string): Person[] {
    return this.everybody.filter((person) => mayAsk(person, name, house.shelter, id === house.resident));
  }

  /** Is a row for her? Of her own house, where a list shows her no other; else, what concerns cases to which she stands. */
  isOpenTo(person: Person, answer: string, row: Row, isOwn: boolean): boolean {
    if (isOwn && houseOfRow(answer, row) !== person.shelter) return false;
    if (answer === "Workload") return row["organisation"] === (person.organisation ?? organisation);
    const concerned = tableOf(viewOf(answer).row).concerns;
    if (!concerned) return true;
    if (concerned[0] !== "case") return standings[aKind(concerned[0])]?.(person) ?? true;
    if (isOwn) return person.barred === undefined;
    const caseId = row[concerned[1]] as string;
    const house = this.houses.find(({ resident, former, newcomer }) => [resident, former, newcomer].includes(caseId))!;
    return standsTo(person, { shelter: house.shelter, stays: caseId === house.resident });
  }

  /** As the list of this name shows it. */
  isListed = (person: Person, list: string, answer: string, row: Row): boolean =>
    this.isOpenTo(person, answer, row, isNarrowed(person, list));
}

/** Whom alone a part is for, where it is for one person. */
const forWhom = Symbol("for whom");
const notesOf = (column: string, parts: readonly SealedPart[]) =>
  parts.map(({ event, type, class: dataClass }) => ({
    ...{ fact: event, type, ...(told.notes[type] ?? toldOfTopics[column] ?? toldOfTopics[type]) },
    ...(dataClass.includes(" for ") && { [forWhom]: dataClass.split(" for ")[1] }),
  }));
/** Without what is for somebody else alone. */
const withoutOthers = (person: Person, row: Row): Row => {
  const hers = (value: unknown): unknown => {
    if (!Array.isArray(value) || !value.some((each) => each?.[forWhom])) return value;
    const left = value.filter((each) => [undefined, idOf(person)].includes(each[forWhom]));
    return left.length > 0 ? left.map(({ [forWhom]: _, ...each }) => each) : null;
  };
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, hers(value)]));
};
export const houseOfRow = (answer: string, row: Row): string | undefined =>
  (({ Shelter: row["id"], Capacity: row["shelter"], Stay: row["shelter"] }) as Record<string, string>)[answer];
/** `a case`, `an organisation` */
const aKind = (kind: string) => `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}` as `a ${string}`;

/** A section as she may see it: null where nothing of it was told, or nothing is for her. */
export const expectedSection = (person: Person, answer: string, row: Row | undefined, isOpened: boolean): object | null => {
  if (!row) return null;
  const [table, sees] = [answers[answer]!, seesOf(person)];
  const isAny = Object.entries(table).some(([path, area]) => {
    if (area === "open") return false;
    return area.startsWith("location of") ? seen(row[path], area, sees) !== null : sees(area, undefined);
  });
  if (!isAny) return null;
  const sealed = tableOf(viewOf(answer).row).columns.filter((each) => each.sealed);
  const closed = isOpened ? {} : Object.fromEntries(sealed.map(({ property }) => [property, null]));
  return { ...expectedRow(person, answer, row), ...closed };
};
export const expectedRow = (person: Person, answer: string, row: Row): object =>
  seenRow(withoutOthers(person, row), answers[answer]!, seesOf(person), houseOfRow(answer, row));

/** A field that says nothing is null by GraphQL, and may be left out by REST. */
export const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, each]) => (each === null ? [] : [[name, withoutNulls(each)]])));
};
