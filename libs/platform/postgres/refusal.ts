import { DatabaseError } from "pg";

const system = /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|ENOENT|EACCES)/;

/**
 * Why a Postgres database cannot be used, in one sentence that says what to do. `variable`: the one that holds its address.
 * Null: the error is about something else, such as a statement that was wrong.
 */
export function refusalOf(error: unknown, variable = "DATABASE_URL"): string | null {
  const { code = "", message = "" } = error as { code?: string; message?: string };
  if (!(error instanceof DatabaseError))
    return system.test(code) || /Connection terminated|timeout exceeded|timeout expired/.test(message)
      ? `The database in ${variable} does not answer. Check the address, and that it runs.`
      : null;
  if (code.startsWith("28")) return `The database in ${variable} does not accept the name or the password.`;
  if (code === "3D000") return `The database in ${variable} does not exist on its server. Make it, or correct the name.`;
  if (code === "42501") return `The account in ${variable} lacks a right there: make it the owner of its database.`;
  if (/^(57P0[123]|53300)/.test(code)) return `The database in ${variable} takes no connections now: it is starting, stopping or full.`;
  return /^(53|25006)/.test(code) ? `The database in ${variable} can store nothing now. Look into the log of its server.` : null;
}
