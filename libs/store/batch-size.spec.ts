import { batchSizes, nextSize } from "./batch-size.js";

describe("a batch", () => {
  test("may be larger after a full one that was written quickly, up to the most", () => {
    expect(nextSize(500, 500, 20)).toBe(1_000);
    expect(nextSize(batchSizes.most, batchSizes.most, 20)).toBe(batchSizes.most);
  });

  test("stays as it may be while there is less to be had", () => {
    expect(nextSize(500, 3, 20)).toBe(500);
    expect(nextSize(500, 500, 200)).toBe(500);
  });

  test("must be smaller after one that took long, down to the least", () => {
    expect(nextSize(500, 500, 300)).toBe(250);
    expect(nextSize(batchSizes.least, 3, 10_000)).toBe(batchSizes.least);
  });
});
