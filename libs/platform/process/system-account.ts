import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { promisify } from "node:util";
import { CannotStart } from "../configuration/cannot-start.js";

const run = promisify(execFile);

/** An account of this machine under which a program runs. */
export interface SystemAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const find = async (name: string): Promise<SystemAccount> => {
  const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
  return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
};

/** The account Postgres runs under when we are root, which it refuses to run as; made when missing. Undefined: our own account will do. */
export async function postgresAccount(): Promise<SystemAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  return find("postgres").catch(async () => {
    try {
      await run("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]);
    } catch {
      throw new CannotStart(
        "PostgresFailed",
        'Postgres does not run as root, and the system account "postgres" could not be made. Start as an ordinary user.',
      );
    }
    return find("postgres");
  });
}

/** The topmost part of the path that the account may not pass through or read; undefined when it can reach all of it. */
export async function closedTo(account: SystemAccount, path: string): Promise<string | undefined> {
  const parts = [resolve(path)];
  while (dirname(parts[0]!) !== parts[0]) parts.unshift(dirname(parts[0]!));
  for (const part of parts) {
    const { mode, uid, gid } = await stat(part);
    const executable = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if (!(mode & executable)) return part;
  }
  return undefined;
}
