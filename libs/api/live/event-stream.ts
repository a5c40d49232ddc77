import { Readable } from "node:stream";
import type { RowState } from "#projection/read/live-rows.js";
import { problemOf } from "../operations/problems.js";
import type { Latest } from "./latest.js";

/** Proxies and clients give up on what is silent for longer, milliseconds. */
const heartbeat = 15_000;

/** As JSON and GraphQL tell it: positions do not fit into a number. */
export const stateMessage = ({ position, row }: RowState): object => ({ position: position.toString(), row });

const eventOf = (state: RowState): string => `id: ${state.position}\ndata: ${JSON.stringify(stateMessage(state))}\n\n`;
const endOf = (reason: unknown): string => `event: end\ndata: ${JSON.stringify(problemOf(reason).problem)}\n\n`;

/**
 * States as server-sent events. The next state is only taken when the client has taken what was written, so that a slow one finds the
 * newest. Ends with an event `end` that says why.
 */
export function eventStream(states: Latest<RowState>, beat = heartbeat): Readable {
  let asked = false;
  const take = async () => {
    const next: (string | null)[] = await states.next().then(
      ({ done, value }) => (done ? [null] : [eventOf(value)]),
      (reason: unknown) => [endOf(reason), null],
    );
    asked = false;
    if (next.includes(null)) clearInterval(beating);
    for (const each of next) stream.push(each);
  };
  const stream: Readable = new Readable({
    highWaterMark: 1,
    read() {
      if (asked) return;
      asked = true;
      void take();
    },
    destroy(error, done) {
      clearInterval(beating);
      void states.return();
      done(error);
    },
  });
  const beating = setInterval(() => stream.readableLength === 0 && stream.push(":\n\n"), beat);
  stream.push("retry: 1000\n\n");
  return stream;
}
