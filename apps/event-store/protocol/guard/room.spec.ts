import { Room } from "./room.js";

test("a user is held to her own share, and all of them to what there is", () => {
  const room = new Room(10, 6);
  expect([room.take("amina", 6), room.take("amina", 1)]).toEqual([true, false]);
  expect([room.take("neema", 4), room.take("imani", 1)]).toEqual([true, false]);
  room.give("amina", 6);
  expect([room.take("imani", 6), room.take("amina", 1), room.taken]).toEqual([true, false, 10]);
});

test("what was refused takes nothing, and what is given back is nobody's", () => {
  const room = new Room(10, 10);
  expect(room.take("amina", 11)).toBe(false);
  expect([room.take("amina", 10), room.taken]).toEqual([true, 10]);
  room.give("amina", 4);
  room.give("amina", 6);
  expect(room.taken).toBe(0);
});
