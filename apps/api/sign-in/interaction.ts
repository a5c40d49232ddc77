import { jwtVerify, SignJWT } from "jose";
import type { Accounts } from "#platform/sign-in/accounts.js";
import type { Attempts } from "#platform/sign-in/attempts.js";
import { isPassword, TooManyPasswords } from "#platform/sign-in/passwords.js";
import { ProblemError, tooMany, wrongPassword } from "#platform/http/problem.js";
import { enrolmentUri, newSecondFactor, stepOf } from "./second-factor.js";

/** What somebody has shown so far, and what she is asked next. */
export type Step =
  | { readonly ask: "password"; readonly problem?: string; readonly username?: string }
  | { readonly ask: "code"; readonly proof: string; readonly problem?: string }
  | { readonly ask: "enrolment"; readonly proof: string; readonly key: string; readonly uri: string; readonly problem?: string }
  | { readonly done: string };

interface Given {
  readonly username: string;
  readonly password: string;
  readonly code: string;
  readonly proof: string;
}

interface Needs {
  readonly accounts: Accounts;
  readonly attempts: Attempts;
  /** Signs what a page carries from one step to the next. */
  readonly proofKey: Uint8Array;
  /** Do her roles open what needs a second factor? Null: she may not act here at all. */
  readonly needsSecondFactor: (staff: string) => Promise<boolean | null>;
}

/** How long somebody may take for her second factor. */
const proofLifetime = "5m";

interface Proof {
  readonly staff: string;
  readonly username: string;
  /** A key that she is setting up. */
  readonly key?: string | undefined;
}

/** One sign-in, from the password over the second factor to who she is. What is proven travels with the page: no process remembers it. */
export class Interaction {
  constructor(private readonly needs: Needs) {}

  /** `address`: from where; `uid`: which sign-in it is. */
  async step(given: Given, { address, uid }: { address: string; uid: string }): Promise<Step> {
    return given.proof ? this.#byCode(given, { address, uid }) : this.#byPassword(given, { address, uid });
  }

  async #byPassword({ username, password }: Given, { address, uid }: { address: string; uid: string }): Promise<Step> {
    const { accounts, attempts, needsSecondFactor } = this.needs;
    const check = async () => {
      const account = await accounts.byUsername(username);
      if (!(await isPassword(password, account?.password ?? null)) || !account) throw wrongPassword();
      return account;
    };
    try {
      const account = await attempts.of(address, username, check, isWrong);
      const needed = await needsSecondFactor(account.staff);
      if (needed === null) return { ask: "password", problem: "NotAMember" };
      if (!needed && account.secondFactor === null) return { done: account.staff };
      const who = { staff: account.staff, username: account.username };
      if (account.secondFactor !== null) return { ask: "code", proof: await this.#proof(who, uid) };
      return await this.#enrolment(who, uid, newSecondFactor());
    } catch (error) {
      return { ask: "password", problem: problemIn(error), username };
    }
  }

  async #byCode({ code, proof }: Given, { address, uid }: { address: string; uid: string }): Promise<Step> {
    const { accounts, attempts } = this.needs;
    const proven = await this.#proven(proof, uid);
    if (!proven) return { ask: "password", problem: "SignInOver" };
    const { staff, username, key } = proven;
    const check = async () => {
      const secret = key ?? (await accounts.byStaff(staff))?.secondFactor;
      const step = secret ? stepOf(secret, code) : null;
      if (step === null) throw wrongPassword();
      if (key) await accounts.keepSecondFactor(staff, key);
      // A code that somebody has seen over her shoulder is worth nothing.
      if (!(await accounts.useStep(staff, step))) throw wrongPassword();
    };
    try {
      await attempts.of(address, `code of ${staff}`, check, isWrong);
      return { done: staff };
    } catch (error) {
      const problem = problemIn(error) === "PasswordWrong" ? "CodeWrong" : problemIn(error);
      return key
        ? { ...(await this.#enrolment({ staff, username }, uid, key)), problem }
        : { ask: "code", proof: await this.#proof({ staff, username }, uid), problem };
    }
  }

  async #enrolment(who: Omit<Proof, "key">, uid: string, key: string) {
    return { ask: "enrolment" as const, proof: await this.#proof({ ...who, key }, uid), key, uri: enrolmentUri(who.username, key) };
  }

  #proof({ staff, username, key }: Proof, uid: string): Promise<string> {
    return new SignJWT({ username, ...(key && { key }) })
      .setProtectedHeader({ alg: "HS256" })
      .setSubject(staff)
      .setAudience(uid)
      .setExpirationTime(proofLifetime)
      .sign(this.needs.proofKey);
  }

  async #proven(proof: string, uid: string): Promise<Proof | null> {
    try {
      const { payload } = await jwtVerify(proof, this.needs.proofKey, { audience: uid, algorithms: ["HS256"] });
      return { staff: payload.sub!, username: String(payload["username"]), key: payload["key"] as string | undefined };
    } catch {
      return null;
    }
  }
}

const isWrong = (error: unknown): boolean => error instanceof ProblemError && error.problem.code === "PasswordWrong";

/** What a page can say. @throws what is no fault of whoever signs in */
function problemIn(error: unknown): string {
  const known = error instanceof TooManyPasswords ? tooMany(1) : error;
  if (known instanceof ProblemError && ["PasswordWrong", "TooManyRequests"].includes(known.problem.code)) return known.problem.code;
  throw error;
}
