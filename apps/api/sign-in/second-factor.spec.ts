import { Secret, TOTP } from "otpauth";
import { enrolmentUri, newSecondFactor, stepOf } from "./second-factor.js";

const secret = newSecondFactor();
const now = Date.UTC(2026, 0, 10, 8);
const codeAt = (time: number): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: time });

test("a code is known by its step, and so are the one before and the one after, since clocks differ", () => {
  const step = Math.floor(now / 30_000);
  expect([-30_000, 0, 30_000].map((apart) => stepOf(secret, codeAt(now + apart), now))).toEqual([step - 1, step, step + 1]);
});

test("an older one, one with letters, or one of another key is none", () => {
  expect(stepOf(secret, codeAt(now - 60_000), now)).toBeNull();
  for (const code of ["", "12345", "1234567", "abcdef", codeAt(now).replace(/\d/, "x")]) expect(stepOf(secret, code, now)).toBeNull();
  expect(stepOf(newSecondFactor(), codeAt(now), now)).toBeNull();
});

test("a code is typed with a blank in its middle as well", () => {
  const code = codeAt(now);
  expect(stepOf(secret, `${code.slice(0, 3)} ${code.slice(3)}`, now)).toBe(Math.floor(now / 30_000));
});

test("a phone takes the key over by an address", () => {
  expect(enrolmentUri("amina", secret)).toMatch(new RegExp(`^otpauth://totp/Hifadhi:amina\\?.*secret=${secret}`));
});
