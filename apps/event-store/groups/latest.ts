/** Writes the newest value, one write at a time: a value that comes while another is written is written after it, none is lost for good. */
export class LatestWrite<T> {
  #next: T | undefined;
  #running: Promise<void> | null = null;

  constructor(readonly write: (value: T) => Promise<void>) {}

  set(value: T): void {
    this.#next = value;
    this.#running ??= this.#run().finally(() => (this.#running = null));
  }

  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#next !== undefined) {
      const value = this.#next;
      this.#next = undefined;
      // What could not be written now is written with the next one: it says as much and more.
      await this.write(value).catch(() => undefined);
    }
  }
}
