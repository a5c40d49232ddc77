import { setTimeout as pause } from "node:timers/promises";
import { inTurns, type Piece } from "./turns.js";

const piece = (record: string, ...others: string[]): Piece => ({ record, steps: [], turns: [record, ...others] });
const never = () => false;

describe("pieces of many stories", () => {
  test("are sent at the same time, those of one record in their order", async () => {
    const log: string[] = [];
    const send = async ({ record }: Piece) => {
      log.push(`${record} begins`);
      await pause(5);
      log.push(`${record} ends`);
    };
    await inTurns([piece("a"), piece("b"), piece("a")], { parallel: 3, isStopped: never, send });
    expect(log.slice(0, 2)).toEqual(["a begins", "b begins"]);
    expect(log.filter((each) => each.startsWith("a"))).toEqual(["a begins", "a ends", "a begins", "a ends"]);
  });

  test("wait for every record that they are about", async () => {
    const log: string[] = [];
    const send = async ({ record, turns }: Piece) => {
      await pause(record === "a" ? 10 : 1);
      log.push(turns.join());
    };
    await inTurns([piece("a"), piece("b", "a"), piece("b")], { parallel: 3, isStopped: never, send });
    expect(log).toEqual(["a", "b,a", "b"]);
  });

  test("are not more at a time than is said", async () => {
    let [now, most] = [0, 0];
    const send = async () => {
      most = Math.max(most, ++now);
      await pause(1);
      now--;
    };
    await inTurns(
      Array.from({ length: 20 }, (_, index) => piece(`${index}`)),
      { parallel: 4, isStopped: never, send },
    );
    expect(most).toBe(4);
  });

  test("are sent no more once somebody stops it, and what is under way is answered", async () => {
    const sent: string[] = [];
    let answered = 0;
    const send = async ({ record }: Piece) => {
      sent.push(record);
      await pause(1);
      answered++;
    };
    await inTurns([piece("a"), piece("b"), piece("c"), piece("d")], { parallel: 2, isStopped: () => sent.length > 1, send });
    expect([sent, answered]).toEqual([["a", "b"], 2]);
  });

  test("are sent no more once one was refused, which is told", async () => {
    const sent: string[] = [];
    const send = async ({ record }: Piece) => {
      sent.push(record);
      await pause(1);
      if (record === "a") throw new Error("refused");
    };
    await expect(inTurns([piece("a"), piece("a"), piece("b")], { parallel: 2, isStopped: never, send })).rejects.toThrow("refused");
    expect(sent).toEqual(["a"]);
  });
});
