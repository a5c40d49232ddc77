/** A place for one value: whoever is slow finds the newest, and nothing piles up. Asked by one reader, one `next` at a time. */
export class Latest<T> implements AsyncIterableIterator<T> {
  #kept: { readonly value: T } | undefined;
  #waiting: PromiseWithResolvers<IteratorResult<T>> | undefined;
  #over = false;
  #reason: Error | undefined;
  readonly #ended = Promise.withResolvers<void>();

  /** Resolves when it is over, whoever ended it. */
  readonly ended = this.#ended.promise;

  put(value: T): void {
    if (this.#over) return;
    if (this.#waiting) this.#answer({ done: false, value });
    else this.#kept = { value };
  }

  /** Nothing follows, not even what was put and not yet taken. The reader learns the reason as an error. */
  end(reason?: Error): void {
    if (this.#over) return;
    this.#over = true;
    this.#kept = undefined;
    if (!this.#waiting) this.#reason = reason;
    else if (reason) this.#waiting.reject(reason);
    else this.#answer({ done: true, value: undefined });
    this.#ended.resolve();
  }

  async next(): Promise<IteratorResult<T>> {
    const [kept, reason] = [this.#kept, this.#reason];
    this.#kept = this.#reason = undefined;
    if (reason) throw reason;
    if (kept) return { done: false, value: kept.value };
    if (this.#over) return { done: true, value: undefined };
    this.#waiting = Promise.withResolvers();
    return this.#waiting.promise;
  }

  async return(): Promise<IteratorResult<T>> {
    this.#reason = undefined;
    this.end();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #answer(result: IteratorResult<T>): void {
    this.#waiting?.resolve(result);
    this.#waiting = undefined;
  }
}
