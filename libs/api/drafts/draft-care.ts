import type { ApiServices } from "../operations/services.js";
import { sweepDrafts } from "./sealing.js";

const hour = 3_600_000;

/** Removes drafts that have expired, and those of people who were erased, at the start and every hour. */
export class DraftCare {
  #timer: NodeJS.Timeout | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(private readonly tell: (fields: object, message: string) => void) {}

  start({ drafts, seal }: ApiServices): void {
    const sweep = () => {
      this.#work = this.#work
        .then(() => sweepDrafts(drafts, seal))
        .catch((error: unknown) => {
          const { code = "Unexpected" } = error as { code?: string };
          this.tell({ code, error }, "Drafts were not looked after; it is tried again");
        });
    };
    this.#timer = setInterval(sweep, hour).unref();
    sweep();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#work;
  }
}
