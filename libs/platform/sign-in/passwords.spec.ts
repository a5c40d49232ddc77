import { hashPassword, isPassword, passwordFault, TooManyPasswords } from "./passwords.js";

test("a password is known again, another is not, and what is kept does not show it", async () => {
  const stored = await hashPassword("correct horse battery");
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(stored).not.toContain("horse");
  expect(await hashPassword("correct horse battery")).not.toBe(stored);
  expect(await Promise.all(["correct horse battery", "correct horse batterY", ""].map((each) => isPassword(each, stored)))).toEqual([
    true,
    false,
    false,
  ]);
});

test("where there is nobody, no password is right", async () => expect(await isPassword("correct horse battery", null)).toBe(false));

test("however it is typed, the same letters are the same password", async () => {
  expect(await isPassword("caf\u0065\u0301 na mkate moto", await hashPassword("caf\u00e9 na mkate moto"))).toBe(true);
});

test("more at once than can be checked are told so, and the others are checked", async () => {
  const all = await Promise.allSettled(Array.from({ length: 80 }, () => isPassword("x", null)));
  const refused = all.filter((each) => each.status === "rejected" && each.reason instanceof TooManyPasswords);
  expect([refused.length, all.length - refused.length]).toEqual([15, 65]);
});

test.each([
  ["short", "amina", "PasswordTooShort"],
  ["x".repeat(201), "amina", "PasswordTooLong"],
  ["my-Amina-2026!!", "amina", "PasswordIsName"],
  ["password123456789", "amina", "PasswordCommon"],
  ["abcabcabcabc", "amina", "PasswordCommon"],
  ["111111111111", "amina", "PasswordCommon"],
  ["kahawa chungu na maziwa", "amina", null],
])("%s of %s: %s", async (password, username, fault) => expect(await passwordFault(password, username)).toBe(fault));
