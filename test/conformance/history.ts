import { createHash } from "node:crypto";
import { StreamDeletedError, StreamNotFoundError, WrongExpectedVersionError, jsonEvent } from "@eventstore/db-client";
import type { Command, Expecting } from "./commands.js";
import { type Expected, ModelStream, type Outcome } from "./model.js";
import { client, embedded, revisionsOf } from "./server.js";

type Position = { commit: bigint } | undefined;

/** One stream of the server beside its model: each command is given to both, and the answers must be alike. */
export class History {
  readonly model = new ModelStream();
  readonly #appends: { expected: Expected; ids: readonly string[] }[] = [];
  /** Revisions with the positions that answers named. */
  readonly answered: { revision: number; position: bigint }[] = [];

  constructor(readonly stream: string) {}

  async run(commands: readonly Command[]): Promise<void> {
    for (const command of commands) await this.#give(command);
    await this.#read({ kind: "read", from: "start", backwards: false, count: 1_000 });
    await this.#compareMetadata();
  }

  async #give(command: Command): Promise<void> {
    if (command.kind === "append") return this.#append(this.#expected(command.expecting), command.ids.map(this.#idOf));
    if (command.kind === "again") {
      const before = this.#appends[command.which % Math.max(1, this.#appends.length)];
      return before && this.#append(before.expected, before.ids.slice(0, command.first));
    }
    if (command.kind === "read") return this.#read(command);
    if (command.kind === "limit")
      return this.#compare(command, this.model.limit(command.limits), client.setStreamMetadata(this.stream, { ...command.limits }));
    const expectedRevision = this.#expected(command.expecting) as "any";
    if (command.kind === "delete")
      return this.#compare(command, this.model.delete(expectedRevision), client.deleteStream(this.stream, { expectedRevision }));
    return this.#compare(command, this.model.close(expectedRevision), client.tombstoneStream(this.stream, { expectedRevision }));
  }

  async #append(expected: Expected, ids: readonly string[]): Promise<void> {
    if (!embedded && this.#neverAnswered(expected, ids)) return;
    this.#appends.push({ expected, ids });
    const outcome = this.model.append(expected, ids);
    const batch = ids.map((id) => jsonEvent({ id, type: "Happened", data: {} }));
    const sent = client.appendToStream(this.stream, batch, { expectedRevision: expected });
    await this.#compare({ expected, ids }, outcome, sent);
    if (outcome.kind !== "success") return;
    const { nextExpectedRevision, position } = await sent;
    expect({ expected, ids, revision: Number(nextExpectedRevision) }).toEqual({ expected, ids, revision: Math.max(0, outcome.last) });
    expect({ expected, ids, hasPosition: position !== undefined }).toEqual({ expected, ids, hasPosition: outcome.readable });
    if (position && ids.length > 0) this.answered.push({ revision: outcome.last, position: position.commit });
  }

  /** EventStoreDB leaves known ids in reversed order without an answer. */
  #neverAnswered(expected: Expected, ids: readonly string[]): boolean {
    return expected !== "no_stream" && typeof expected === "string" && ids.some((id) => this.model.ids.includes(id));
  }

  async #read({ from, backwards, count }: Extract<Command, { kind: "read" }>): Promise<void> {
    if (from === "end" && !backwards) return;
    const options = { direction: backwards ? ("backwards" as const) : ("forwards" as const), maxCount: count };
    const fromRevision = typeof from === "number" ? BigInt(from) : from;
    const told = await revisionsOf(client.readStream(this.stream, { ...options, fromRevision })).catch(nameOf);
    const known = this.model.closed ? StreamDeletedError.name : (this.model.read(from, backwards, count) ?? StreamNotFoundError.name);
    expect({ from, backwards, count, told }).toEqual({ from, backwards, count, told: known });
  }

  async #compare(what: object, outcome: Outcome, sent: Promise<{ position?: Position }>): Promise<void> {
    const told = await sent.then(() => "success", nameOf);
    const known = { success: "success", wrong: WrongExpectedVersionError.name, deleted: StreamDeletedError.name }[outcome.kind];
    expect({ ...what, told }).toEqual({ ...what, told: known });
  }

  async #compareMetadata(): Promise<void> {
    const { closed, deleted, limits } = this.model;
    const told = await client.getStreamMetadata(this.stream).then(({ metadata }) => metadata, nameOf);
    const known = closed ? StreamDeletedError.name : deleted ? { truncateBefore: Number(2n ** 63n - 1n) } : (limits ?? undefined);
    expect(told).toEqual(known);
  }

  #expected(expecting: Expecting): Expected {
    if (typeof expecting === "string") return expecting;
    const revision = this.model.last + expecting.offset;
    return revision < 0 ? "no_stream" : BigInt(revision);
  }

  #idOf = (number: number): string => {
    const hex = createHash("sha256").update(`${this.stream} ${number}`).digest("hex");
    return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join("-");
  };
}

const nameOf = (error: unknown): string => (error as Error).constructor.name;
