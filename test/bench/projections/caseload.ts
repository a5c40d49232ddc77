import { randomBytes, randomUUID } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { EventStoreDBClient, jsonEvent, type EventData } from "@eventstore/db-client";
import { linkHash, type ChainLink } from "#store/chain.js";
import { markOf, type Marker } from "#store/marks.js";

/** How many facts a case brings with it: in its own stream, in the record of who saw it, and in its shelter's. */
export const factsOfCase = 50;
/** How many cases go on at the same time, so that their facts lie among each other in the log. */
const atOnce = 400;
const shelters = 40;
const bedsOfShelter = 20;

interface Sample {
  readonly type: string;
  readonly schema: number;
  readonly data: object;
  readonly personal?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const samples = new Map(
  globSync("test/history/*/*.json").map((file) => {
    const sample = JSON.parse(readFileSync(file, "utf8")) as Sample;
    return [sample.type, sample] as const;
  }),
);
/** A box of the usual size; nothing is in it. */
const box = `v1.${randomBytes(180).toString("base64url")}`;
const organisation = randomUUID();
const workers = Array.from({ length: 200 }, () => randomUUID());

interface Told extends Omit<ChainLink, "revision" | "metadata"> {
  readonly id: string;
  readonly metadata: Omit<ChainLink["metadata"], "prev">;
}

/** Chained to what its stream holds, and marked, as the application writes it. */
class Chained {
  readonly #ends = new Map<string, { revision: bigint; hash: string }>();

  constructor(readonly marker: Marker) {}

  event({ id, metadata, ...told }: Told): EventData {
    const { stream, type, body } = told;
    const { revision: last, hash: prev } = this.#ends.get(stream) ?? { revision: -1n, hash: "" };
    const revision = last + 1n;
    const covered = { ...metadata, prev };
    const hash = linkHash({ ...told, revision, metadata: covered });
    this.#ends.set(stream, { revision, hash });
    const mark = markOf(this.marker, { stream, revision, id, hash });
    return jsonEvent({ id, type, data: { ...body }, metadata: { ...covered, hash, mark } });
  }
}

/** One fact as it is stored: the form of its sample, with these ids. */
function told(stream: string, subject: string, type: string, data: object = {}): Told {
  const sample = samples.get(type)!;
  const personal = Object.values(sample.personal ?? {}).map((classes) => [
    subject,
    Object.fromEntries(Object.keys(classes).map((name) => [name, box])),
  ]);
  const [id, commandId] = [randomUUID(), randomUUID()];
  const metadata = {
    schema: sample.schema,
    at: new Date().toISOString(),
    by: { id: worker(), role: "shelter-case-manager", organisation },
    purpose: "CaseManagement",
    commandId,
    requestHash: hex(),
    source: "api" as const,
    $correlationId: commandId,
    $causationId: commandId,
  };
  const body = { data: { ...sample.data, ...data }, ...(personal.length > 0 && { personal: Object.fromEntries(personal) }) };
  return { stream, id, type, body, metadata };
}

const worker = (): string => workers[Math.floor(Math.random() * workers.length)]!;
const hex = (): string => randomBytes(32).toString("hex");
const times = (count: number, of: () => Told): Told[] => Array.from({ length: count }, of);

/** A whole case, from its opening to its closure, with a stay in a shelter between. */
function caseOf(shelter: string, bed: string): Told[] {
  const [id, subject, stay] = [randomUUID(), randomUUID(), randomUUID()];
  const [own, access, house] = [`case-${id}`, `access-${id}`, `shelter-${shelter}`];
  const consents = Array.from({ length: 3 }, () => randomUUID());
  const fact = (type: string, data?: object) => told(own, subject, type, data);
  const seen = (count: number) => times(count, () => told(access, subject, "PersonalDataDisclosed", { subjects: [subject] }));
  const resident = (type: string, data: object = {}) => told(house, subject, type, { stay, caseId: id, bed, overflow: false, ...data });
  return [
    fact("CaseOpened", { subject }),
    ...consents.map((consentId) => fact("ConsentGiven", { consentId })),
    ...seen(3),
    ...times(3, () => fact("IdentityRecorded")),
    ...times(3, () => fact("ContactRecorded")),
    fact("ScreeningStarted"),
    ...seen(4),
    fact("AgeAssessed"),
    fact("ScreeningCompleted"),
    fact("TraffickingStatusDetermined"),
    resident("ResidentAdmitted"),
    fact("PlacedInShelter", { shelter, stay }),
    ...seen(3),
    ...times(8, () => fact("TraffickingHistoryEventRecorded")),
    resident("ResidentMoved"),
    resident("LeaveGranted"),
    resident("ResidentReturned"),
    resident("ResidentMoved"),
    fact("ConsentNarrowed", { consentId: consents[1] }),
    fact("TraffickingStatusRevised"),
    ...seen(3),
    fact("ConsentWithdrawn", { consentId: consents[2] }),
    fact("ConsentRefused"),
    resident("ResidentDischarged"),
    fact("ShelterPlacementEnded", { shelter, stay }),
    fact("CaseClosureRequested"),
    fact("CaseClosureApproved"),
    fact("CaseClosed"),
  ];
}

/** Tells so many cases to an event store. `progress` hears how many facts are told. */
export async function tellCases(
  url: string,
  marker: Marker,
  cases: number,
  progress: (facts: number) => void = () => undefined,
): Promise<void> {
  const client = EventStoreDBClient.connectionString(url);
  const chained = new Chained(marker);
  const houses = Array.from({ length: shelters }, () => randomUUID());
  const beds = Array.from({ length: bedsOfShelter }, (_, bed) => ({ bed: `B${bed}`, category: "Women", availability: "YearRound" }));
  for (const shelter of houses) {
    const stream = `shelter-${shelter}`;
    const [registered, changed] = [
      told(stream, shelter, "ShelterRegistered", { shelter }),
      told(stream, shelter, "CapacityChanged", { beds }),
    ];
    await client.appendToStream(stream, [chained.event(registered), chained.event(changed)]);
  }
  let [begun, facts] = [0, 0];
  const running: Told[][] = [];
  const open = () => {
    while (running.length < atOnce && begun < cases) {
      running.push(caseOf(houses[begun % shelters]!, `B${Math.floor(begun / shelters) % bedsOfShelter}`));
      begun++;
    }
  };
  for (open(); running.length > 0; open()) {
    // Each open case goes on by a few facts, and then it is another one's turn.
    const turn = running.flatMap((each) => each.splice(0, 1 + Math.floor(Math.random() * 4)));
    const streams = [...Map.groupBy(turn, ({ stream }) => stream)];
    await inTurns(streams, 64, ([stream, of]) =>
      client.appendToStream(
        stream,
        of.map((each) => chained.event(each)),
      ),
    );
    progress((facts += turn.length));
    running.splice(0, running.length, ...running.filter((each) => each.length > 0));
  }
  await client.dispose();
}

async function inTurns<T>(items: readonly T[], atATime: number, work: (item: T) => Promise<unknown>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: atATime }, async () => {
      while (next < items.length) await work(items[next++]!);
    }),
  );
}
