import type { LiveRows, RowState } from "#projection/read/live-rows.js";
import type { View } from "#projection/declare/view.js";
import type { LiveCall } from "../operations/operation.js";
import { LiveStreams } from "./live-streams.js";

const view = {} as View;
const state: RowState = { position: 7n, row: { stale: false } };
const inAnHour = () => new Date(Date.now() + 3_600_000);
const call = (until = inAnHour()) => ({ id: "a", actor: { id: "amina", role: "nurse" }, until }) as LiveCall;

let followers: Set<(state: RowState) => void>;
let answer: () => Promise<boolean>;
let streams: LiveStreams;
beforeEach(() => {
  followers = new Set();
  answer = async () => true;
  const follow = async (_view: View, _key: string, _after: bigint | undefined, tell: (state: RowState) => void) => {
    followers.add(tell);
    const leave = () => void followers.delete(tell);
    const found = await answer().finally(leave);
    if (!found) return null;
    followers.add(tell);
    tell(state);
    return leave;
  };
  streams = new LiveStreams({ follow, close: () => {} } as unknown as LiveRows, { each: 1, total: 10 });
});

test("whoever goes gives the place back, and is told no more", async () => {
  const states = await streams.open(view, call());
  expect((await states.next()).value).toBe(state);
  await expect(streams.open(view, call())).rejects.toMatchObject({ problem: { status: 429 } });
  await states.return();
  expect(followers.size).toBe(0);
  await (await streams.open(view, call())).return();
});

test("what could not be opened takes no place", async () => {
  answer = async () => false;
  await expect(streams.open(view, call())).rejects.toMatchObject({ problem: { status: 404 } });
  answer = async () => Promise.reject(new Error("away"));
  await expect(streams.open(view, call())).rejects.toThrow("away");
  answer = async () => true;
  await (await streams.open(view, call())).return();
});

test("nothing is told with a token that has ended", async () => {
  await expect(streams.open(view, call(new Date(Date.now() - 1)))).rejects.toMatchObject({ problem: { code: "TokenExpired" } });
  const states = await streams.open(view, call(new Date(Date.now() + 20)));
  await states.ended;
  await expect(states.next()).rejects.toMatchObject({ problem: { code: "TokenExpired" } });
  expect(followers.size).toBe(0);
});

test("a token that is good for a year is not taken for one that has ended", async () => {
  const states = await streams.open(view, call(new Date(Date.now() + 365 * 86_400_000)));
  await new Promise((wake) => setTimeout(wake, 20));
  expect((await states.next()).value).toBe(state);
  await states.return();
});

test("all are told to come back when it closes, also those that were just coming", async () => {
  const states = await streams.open(view, call());
  await states.next();
  streams.close();
  await expect(states.next()).rejects.toMatchObject({ problem: { code: "Unavailable" } });
  await expect(streams.open(view, call())).rejects.toMatchObject({ problem: { code: "Unavailable" } });
});
