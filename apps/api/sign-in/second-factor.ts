import { Secret, TOTP } from "otpauth";

const seconds = 30;
const totp = (username: string, secret: string): TOTP =>
  new TOTP({ issuer: "Hifadhi", label: username, algorithm: "SHA1", digits: 6, period: seconds, secret: Secret.fromBase32(secret) });

/** A new key for an authenticator app, in base 32. */
export const newSecondFactor = (): string => new Secret({ size: 20 }).base32;

/** What a phone opens to take the key over. */
export const enrolmentUri = (username: string, secret: string): string => totp(username, secret).toString();

/** The step of which this is the code, or of the one before or after it, since clocks differ; null: it is none. */
export function stepOf(secret: string, code: string, now = Date.now()): number | null {
  const token = code.replaceAll(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totp("", secret).validate({ token, window: 1, timestamp: now });
  return delta === null ? null : Math.floor(now / 1_000 / seconds) + delta;
}
