import { killScanner, startScanner, type RunningScanner } from "../support/scanner.js";
import { System } from "../support/system.js";
import { machines } from "./all.js";
import { cellsOf, operationOf, outcomeOf, sentenceOf } from "./machine.js";
import { Player } from "./player.js";

// Each thing in a case that has states, in each of them, with each change that it knows: what the field says of it, played by REST. The tables
// are written by hand after the domain reference, and the program is held against them.

/** What begins a record: before it there is none that could be in a state. */
const beginnings = ["open-case", "notify-case", "record-hotline-contact", "record-trafficking-event"];

const system = new System();
const player = new Player(machines);
let scanner: RunningScanner;
beforeAll(async () => {
  scanner = await startScanner();
  await system.start({ SCANNER_URL: scanner.hook });
  player.start(system);
}, 120_000);
afterAll(async () => {
  await system.stop();
  await killScanner(scanner);
}, 60_000);

test("every change of a case, of a hotline contact and of a trafficking event stands in a table, and no other", async () => {
  const { paths } = (await (await fetch(`${system.base}/v1/openapi.json`)).json()) as { paths: Record<string, object> };
  const told = Object.entries(paths).flatMap(([path, operations]) => {
    const [, operation] = /^\/v1\/(?:cases|hotline-contacts|trafficking-events)(?:\/\{id\})?\/([\w-]+)$/.exec(path) ?? [];
    return operation && "post" in operations ? [operation] : [];
  });
  const played = new Set(player.cells.map(({ change }) => operationOf(change)));
  expect(told.length).toBeGreaterThan(80);
  expect([...played, ...beginnings].toSorted()).toEqual(told.toSorted());
});

test("a table says something of every change in every state, once, and of no other", () => {
  const [one] = machines;
  const [head, first, ...rows] = one!.table.trim().split("\n");
  const table =
    (...lines: (string | undefined)[]) =>
    () =>
      cellsOf({ ...one!, table: lines.join("\n") });
  expect(table(head, first, ...rows)().length).toBe(cellsOf(one!).length);
  expect(table(head, ...rows)).toThrow("nothing is said of");
  expect(table(head, first, first, ...rows)).toThrow("twice");
  expect(table(head, first?.replace(/^\w+/, "Invented"), ...rows)).toThrow("there is no");
});

test.each(player.cells.map((cell) => [sentenceOf(cell), cell] as const))(
  "%s",
  async (_, cell) => {
    expect(await player.outcome(cell)).toEqual(outcomeOf(cell));
  },
  120_000,
);
