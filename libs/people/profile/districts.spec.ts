import { districts } from "./districts.js";
import { regions } from "#vocabulary/regions.js";

test("every region of the list has its districts, each written as requests take it, and none is named twice", () => {
  expect(Object.keys(districts).toSorted()).toEqual(regions.filter((each) => each !== "Other").toSorted());
  const all = Object.values(districts).flat();
  expect(all.filter((each) => !/^[A-Z][A-Za-z-]{1,49}$/.test(each))).toEqual([]);
  expect(new Set(all).size).toBe(all.length);
});
