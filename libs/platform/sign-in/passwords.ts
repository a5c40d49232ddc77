import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

/** Argon2id with 19 MiB and two passes, after OWASP's advice on storing passwords. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
const hashed = promisify(argon2) as (
  algorithm: "argon2id",
  parameters: typeof cost & { message: Buffer; nonce: Buffer },
) => Promise<Buffer>;

/** So many are hashed at once; the others wait, so that whoever guesses takes neither the memory nor the processors. */
const atOnce = 1;
const mostWaiting = 64;
let running = 0;
const waiting: (() => void)[] = [];

/** Too many passwords are being checked at this moment. */
export class TooManyPasswords extends Error {}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (waiting.length >= mostWaiting) throw new TooManyPasswords("too many passwords are being checked");
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

const normal = (password: string): Buffer => Buffer.from(password.normalize("NFKC"), "utf8");

/** A password as it is kept, in the form of the reference implementation. */
export const hashPassword = (password: string): Promise<string> =>
  inTurn(async () => {
    const nonce = randomBytes(16);
    const tag = await hashed("argon2id", { ...cost, message: normal(password), nonce });
    const text = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
    return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${text(nonce)}$${text(tag)}`;
  });

const kept = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** Is it this password? It takes as long where there is none to compare it with. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const [, memory, passes, parallelism, nonce, tag] = kept.exec(stored ?? nobody)!;
  const right = Buffer.from(tag!, "base64");
  const costs = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism), tagLength: right.length };
  const given = await inTurn(() => hashed("argon2id", { ...costs, message: normal(password), nonce: Buffer.from(nonce!, "base64") }));
  return timingSafeEqual(given, right) && stored !== null;
}

/** Of a password that nobody has. */
const nobody = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${"A".repeat(22)}$${"A".repeat(43)}`;

/** Why a password is not taken. */
export type PasswordFault = "PasswordTooShort" | "PasswordTooLong" | "PasswordCommon" | "PasswordIsName";

const shortest = 12;
const longest = 200;

/** What is wrong with it; null: nothing. Length counts, and not kinds of letters (NIST SP 800-63B); what many people use is refused. */
export async function passwordFault(password: string, username: string): Promise<PasswordFault | null> {
  if ([...password].length < shortest) return "PasswordTooShort";
  if (password.length > longest) return "PasswordTooLong";
  const plain = password.normalize("NFKC").toLowerCase();
  if (username !== "" && plain.includes(username.toLowerCase())) return "PasswordIsName";
  const common = await commonPasswords();
  const bare = plain.replaceAll(/[^\p{L}]+/gu, "");
  const isRepeated = /^(.{1,4})\1+.{0,3}$/u.test(plain);
  return isRepeated || common.has(plain) || (bare.length > 0 && bare.length < shortest && common.has(bare)) ? "PasswordCommon" : null;
}

let known: Promise<ReadonlySet<string>> | undefined;
const commonPasswords = (): Promise<ReadonlySet<string>> =>
  (known ??= import("@zxcvbn-ts/language-common").then(({ dictionary }) => new Set(dictionary["passwords-common"] as readonly string[])));
