import { setTimeout as pause } from "node:timers/promises";
import type { DemoClient } from "./client.js";
import type { BroughtIn, Line } from "./history-import.js";
import { beds } from "./lives/housed.js";
import { MadeId, RecordId, type DemoDocument, type DemoStep, type Teller } from "./telling.js";
import type { Piece } from "./turns.js";

const founded = "2024-10-01T06:00:00Z";
/** The beds are taken, or the shelter's history has gone on: she is helped without one. */
const noBed = ["BedOccupied", "NoBedAvailable", "ImportNotInOrder"];

/** A change that nobody expected to be refused. */
export class Refused extends Error {}

/** What a history tells of one change. */
interface Entry {
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
}
type Told = ReadonlyMap<string, Entry>;

/** An id that a change has made; without a field: that of its entry. */
const idIn = ({ id, data }: Entry, field: string | undefined): unknown => (field === undefined ? id : data[field]);

/** Who is asked to do what, where a shelter stands. */
export interface Crew {
  readonly region: string;
  readonly code: string;
  readonly key: string;
  readonly worker: string;
  readonly people: Readonly<Record<Teller | "officer", DemoClient>>;
}

/** One shelter with its people, and what is known of its records by now. */
export class House {
  readonly #ids = new Map<string, string>();
  /** Those for whom there was no bed. */
  readonly #without = new Set<string>();

  constructor(
    readonly crew: Crew,
    readonly bringIn: (lines: readonly Line[]) => Promise<BroughtIn>,
  ) {}

  get shelter(): string {
    return this.#ids.get("shelter")!;
  }

  /** The shelter itself, as it was founded before anybody came. */
  async found(): Promise<void> {
    const { region, code, key } = this.crew;
    const step = (by: DemoStep["by"], what: string, body: object, last: string): DemoStep => ({
      ...{ at: founded, key: last, by, record: "shelter", what, body: { ...body } },
    });
    const registered = step("manager", "register-shelter", { code, region, address: `Invented street of ${code}` }, key);
    await this.send({ record: "shelter", turns: [], steps: [{ ...registered, begins: true }] });
    const capacity = step("manager", "change-capacity", { beds }, key.replace("4c5a1f60", "4c5a1f61"));
    await this.send({ record: "shelter", turns: [], steps: [capacity] });
    const vetting = await this.#line(
      step("manager", "vet-shelter", { validUntil: "2027-12-31T00:00:00Z" }, key.replace("4c5a1f60", "4c5a1f62")),
    );
    this.#requireTaken(await this.bringIn([{ ...vetting, by: await this.crew.people.officer.whoIs() }]), "shelter", ["vet-shelter"]);
  }

  async send({ record, steps }: Piece): Promise<void> {
    const [first] = steps;
    const { housed, wait } = first!;
    if (housed && record === "shelter" && this.#without.has(housed)) return;
    const lines: Line[] = [];
    const namesIds = steps.some(({ body }) => Object.values(body).some((each) => each instanceof MadeId));
    const told: Told = namesIds ? await this.#toldIn(record) : new Map();
    for (const step of steps) lines.push(await this.#line(step, told));
    const answer = await this.bringIn(lines);
    if (first!.what === "admit-resident" && noBed.includes(answer.problem?.code ?? "")) return void this.#without.add(housed!);
    this.#requireTaken(
      answer,
      record,
      steps.map(({ what }) => what),
    );
    if (first!.begins) this.#ids.set(record, answer.receipts[0]!.id);
    if (wait && !this.#without.has(housed!)) await this.#until(wait, this.#ids.get(housed!)!);
  }

  async keep({ record, key, fields, text }: DemoDocument): Promise<void> {
    await this.crew.people.own.upload(`/v1/cases/${this.#ids.get(record)!}/add-document`, fields, text, key);
  }

  #requireTaken({ refused, problem }: BroughtIn, record: string, whats: readonly string[]): void {
    if (problem) throw new Refused(`${this.crew.code}, ${record}, ${whats[refused!]}: ${problem.code} (${problem.title})`);
  }

  async #line({ key, what, record, at, by, begins, housed, body }: DemoStep, told: Told = new Map()): Promise<Line> {
    const operation = what.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const input: Record<string, unknown> = { ...body };
    for (const [name, value] of Object.entries(body)) {
      if (value instanceof RecordId) input[name] = this.#ids.get(value.record)!;
      if (value instanceof MadeId) input[name] = idIn(told.get(value.key)!, value.field);
    }
    if (what === "discharge-resident") input["stay"] = (await this.#stay(this.#ids.get(housed!)!)).id;
    return { key, operation, ...(!begins && { id: this.#ids.get(record)! }), at, by: await this.crew.people[by].whoIs(), input };
  }

  /** What a case's history tells of each change, by its key. */
  async #toldIn(record: string): Promise<Told> {
    type Page = { items: (Entry & { commandId: string })[]; next: number | null };
    const told = new Map<string, Entry>();
    const path = `/v1/cases/${this.#ids.get(record)!}/history?first=200`;
    for (let after: number | null = -1; after !== null;) {
      const page: Page = await this.crew.people.own.get(after < 0 ? path : `${path}&after=${after}`);
      for (const { commandId, ...entry } of page.items) told.set(commandId, entry);
      after = page.next;
    }
    return told;
  }

  async #stay(caseId: string): Promise<{ id: string; dischargedAt: string | null }> {
    const { items } = await this.crew.people.own.get<{ items: { id: string; dischargedAt: string | null }[] }>(
      `/v1/stays?caseId=${caseId}`,
    );
    if (!items[0]) throw new Error("the stay is not there");
    return items[0];
  }

  /** Has a policy done its part, in the case and in the shelter? A stay that has ended was placed before. */
  async #came(wait: "placed" | "freed", caseId: string): Promise<boolean> {
    const { own } = this.crew.people;
    const { items } = await own.get<{ items: { dischargedAt: string | null }[] }>(`/v1/stays?caseId=${caseId}`);
    const [stay] = items;
    if (wait === "placed" && stay?.dischargedAt) return true;
    const { state } = await own.get<{ state: { placement: { current: object | null } } }>(`/v1/cases/${caseId}/state`);
    const isPlaced = state.placement.current !== null;
    return wait === "placed" ? stay !== undefined && isPlaced : Boolean(stay?.dischargedAt) && !isPlaced;
  }

  async #until(wait: "placed" | "freed", caseId: string): Promise<void> {
    for (let tried = 0; !(await this.#came(wait, caseId)); tried++) {
      if (tried > 300) throw new Error("a policy did not do its part within 30 seconds; is the projector running?");
      await pause(20 + Math.min(tried * 10, 100));
    }
  }
}
