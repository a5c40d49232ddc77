import { copyFileSync, existsSync, readFileSync, statSync, truncateSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

/** How often it is looked whether a log has become too large, milliseconds. */
const lookEvery = 60_000;

/**
 * Where a program's output goes: it and one before it, each of at most `largest` bytes and what is written within a minute. It is cut while
 * the program writes to it: what it appends then begins at the start.
 */
export class LogFile {
  #from = 0;

  constructor(
    readonly path: string,
    readonly largest = 10_000_000,
  ) {}

  /** For a program that begins now. To be closed once the program has it. */
  async open(): Promise<FileHandle> {
    this.cutIfLarge();
    const file = await open(this.path, "a", 0o600);
    this.#from = (await file.stat()).size;
    return file;
  }

  /** What has been written since it was opened, or cut last. */
  get written(): string {
    return readFileSync(this.path).subarray(this.#from).toString("utf8");
  }

  /** Looks every minute, until what is answered is called. */
  keep(): () => void {
    const timer = setInterval(() => this.cutIfLarge(), lookEvery).unref();
    return () => clearInterval(timer);
  }

  cutIfLarge(): void {
    if (!existsSync(this.path) || statSync(this.path).size <= this.largest) return;
    copyFileSync(this.path, `${this.path}.1`);
    truncateSync(this.path, 0);
    this.#from = 0;
  }
}
