import { CheckpointMoved } from "../run/store.js";
import { takenOver } from "./taken-over.js";

const taking = (losses: number) => {
  let tried = 0;
  return async () => {
    if (++tried <= losses) throw new CheckpointMoved("partition 0 has another owner");
    return tried;
  };
};

test("what was taken back meanwhile is taken over once more", async () => expect(await takenOver(taking(3))).toBe(4));
test("it is told where that goes on", () => expect(takenOver(taking(5))).rejects.toThrow(CheckpointMoved));
test("any other error is told at once", async () => {
  let tried = 0;
  const failing = takenOver(async () => {
    tried++;
    throw new Error("away");
  });
  await expect(failing).rejects.toThrow("away");
  expect(tried).toBe(1);
});
