import { forOne, isForAnother, plainClass } from "./for-one.js";

test("what is for one person is sealed under a class that names her, and is of the class that it is of", () => {
  expect(forOne("narrative", "amina")).toBe("narrative for amina");
  expect([plainClass("narrative for amina"), plainClass("narrative")]).toEqual(["narrative", "narrative"]);
});
test("it is for another to everybody but her, and what is for all is for nobody in particular", () => {
  expect(isForAnother(forOne("narrative", "amina"), "narrative", "amina")).toBe(false);
  expect(isForAnother(forOne("narrative", "amina"), "narrative", "imani")).toBe(true);
  expect(isForAnother("narrative", "narrative", "imani")).toBe(false);
  expect(isForAnother(forOne("health", "amina"), "narrative", "imani")).toBe(false);
});
