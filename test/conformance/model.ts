/** What a client expects of a stream. */
export type Expected = "any" | "no_stream" | "stream_exists" | bigint;

/** What the rules say of a write. `readable`: whether the last event named can be read, so that the answer has its position. */
export type Outcome =
  { readonly kind: "success"; readonly last: number; readonly readable: boolean } | { readonly kind: "wrong" | "deleted" };

export interface Limits {
  readonly maxCount?: number;
  readonly truncateBefore?: number;
}

const wrong: Outcome = { kind: "wrong" };
const closed: Outcome = { kind: "deleted" };

/** One stream by the rules of the protocol, as small as they can be told: a list of ids, its limits, and whether it is deleted or closed. */
export class ModelStream {
  readonly ids: string[] = [];
  limits: Limits | null = null;
  deleted = false;
  closed = false;
  /** Events of the metadata stream. */
  settings = 0;

  get last(): number {
    return this.ids.length - 1;
  }

  append(expected: Expected, ids: readonly string[]): Outcome {
    const refusal = this.#refusal(expected);
    if (refusal) return refusal;
    const wanted = this.#wanted(expected);
    if (wanted > this.last) return wrong;
    if (typeof expected === "string" && expected !== "no_stream") return this.#appendAnywhere(ids);
    if (wanted === this.last) return this.#write(ids);
    const there = this.ids.slice(wanted + 1, wanted + 1 + ids.length);
    if (ids.length > 0 && ids.every((id, index) => id === there[index])) return this.#known(wanted + ids.length);
    const begins = expected === "no_stream" && this.deleted && ids.length > 0 && !ids.some((id) => there.includes(id));
    return begins ? this.#write(ids) : wrong;
  }

  delete(expected: Expected): Outcome {
    const refusal = this.#refusal(expected);
    if (refusal) return refusal;
    if ((this.last < 0 && !this.limits && !this.deleted) || !this.#mayEnd(expected)) return wrong;
    [this.deleted, this.limits] = [true, null];
    this.settings++;
    return { kind: "success", last: this.last, readable: true };
  }

  close(expected: Expected): Outcome {
    const refusal = this.#refusal(expected);
    if (refusal) return refusal;
    if (!this.#mayEnd(expected)) return wrong;
    this.closed = true;
    return { kind: "success", last: this.last, readable: true };
  }

  limit(limits: Limits): Outcome {
    if (this.closed) return closed;
    this.limits = limits;
    this.settings++;
    if (this.deleted) this.#undelete();
    return { kind: "success", last: this.last, readable: true };
  }

  /** The revisions that a read shows; null where there is no stream to read. `from` is a revision or an end. */
  read(from: number | "start" | "end", backwards: boolean, count: number): number[] | null {
    if (this.last < 0 || this.deleted) return null;
    const visible = this.ids.map((_, revision) => revision).filter((revision) => revision >= this.first);
    const start = from === "start" ? 0 : from === "end" ? this.last : from;
    if (backwards)
      return visible
        .filter((revision) => revision <= start)
        .toReversed()
        .slice(0, count);
    return visible.filter((revision) => revision >= start).slice(0, count);
  }

  get first(): number {
    const { maxCount = Infinity, truncateBefore = 0 } = this.limits ?? {};
    return Math.max(0, this.last - maxCount + 1, truncateBefore);
  }

  #refusal(expected: Expected): Outcome | null {
    if (this.closed) return closed;
    if (expected !== "stream_exists") return null;
    if (this.deleted) return closed;
    return this.last < 0 && !this.limits ? wrong : null;
  }

  #wanted(expected: Expected): number {
    return typeof expected === "bigint" ? Number(expected) : expected === "no_stream" ? -1 : this.last;
  }

  #mayEnd(expected: Expected): boolean {
    return this.#wanted(expected) === this.last || (expected === "no_stream" && this.deleted);
  }

  #appendAnywhere(ids: readonly string[]): Outcome {
    const places = ids.map((id) => this.ids.lastIndexOf(id));
    if (ids.length === 0 || places[0]! < 0) return this.#write(ids);
    const rising = places.every((place, index) => place >= 0 && (index === 0 || place >= places[index - 1]!));
    return rising ? this.#known(places.at(-1)!) : wrong;
  }

  #known(last: number): Outcome {
    return { kind: "success", last, readable: !this.deleted && last >= this.first };
  }

  #write(ids: readonly string[]): Outcome {
    const before = this.last;
    this.ids.push(...ids);
    if (this.deleted) this.#undelete(before + 1);
    return { kind: "success", last: this.last, readable: true };
  }

  #undelete(first = this.last + 1): void {
    this.deleted = false;
    this.limits = { ...this.limits, truncateBefore: first };
    this.settings++;
  }
}
