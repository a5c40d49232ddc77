import { Command, InvalidArgumentError } from "commander";
import { defaultLimits, type StoreLimits, withLimit } from "./limits.js";

export interface StartOptions {
  readonly port: number;
  readonly host: string;
  readonly advertisedHost?: string;
  readonly data: string;
  readonly tlsCertificate?: string;
  readonly tlsKey?: string;
  readonly application?: string;
  readonly metricsPort?: number;
  readonly limit?: Partial<StoreLimits>;
}

/** What the program can be asked for. */
export interface Commands {
  start(options: StartOptions): Promise<void>;
  stats(data: string): Promise<void>;
  scavenge(data: string): Promise<void>;
  addUser(data: string, login: string, groups: readonly string[]): Promise<void>;
  removeUser(data: string, login: string): Promise<void>;
  listUsers(data: string): Promise<void>;
  protect(login: string): Promise<void>;
}

const port = (text: string): number => {
  if (!/^\d+$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError("It is a number from 0 to 65535.");
  return Number(text);
};

const limit = (text: string, before?: Partial<StoreLimits>): Partial<StoreLimits> => {
  try {
    return withLimit(text, before);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
};

const data = ["--data <folder>", "folder of its own embedded Postgres, unless DATABASE_URL is set", "./data/event-store"] as const;

/** The program's options and commands, with their help. */
export function commandsOf(commands: Commands): Command {
  const program = new Command("event-store")
    .description("A single-node event store that speaks the EventStoreDB protocol, durable in Postgres.")
    .option("--port <number>", "port to listen on, 0 for any free one", port, 2113)
    .option("--host <address>", "address to listen on; without TLS only this machine's own", "127.0.0.1")
    .option("--advertised-host <name>", "where clients that discover the cluster are sent, as the certificate names it; --host if not said")
    .option(...data)
    .option("--tls-certificate <file>", "certificate chain (PEM): TLS, users and access lists; together with --tls-key")
    .option("--tls-key <file>", "the certificate's private key (PEM)")
    .option("--application <login>", "the one account that writes to streams; nobody deletes or truncates them. Needs TLS")
    .option("--metrics-port <number>", "port of /health/live, /health/ready and /metrics on this machine; none if not said", port)
    .option("--limit <name=value>", "what clients may take up, see below; may be given several times", limit)
    .addHelpText(
      "after",
      `
Environment:
  DATABASE_URL                    a Postgres database to use instead of an embedded one
  EVENTSTORE_ADMIN_PASSWORD       password of admin when it is first made (changeit)
  EVENTSTORE_OPS_PASSWORD         password of ops when it is first made (changeit)
  EVENTSTORE_APPLICATION_PASSWORD password of the account named by --application, set anew at every start
  EVENTSTORE_USER_PASSWORD        password for "users set"
  EVENTSTORE_URL                  the store that "protect" is about, with the name and the password of an administrator

Limits, with their defaults (bytes, seconds; users are those who sign in, without TLS all of this machine are one):
${Object.entries(defaultLimits)
  .map(([name, value]) => `  ${name.padEnd(30)}${value}`)
  .join("\n")}

Without TLS there are no users: everything is open, to this machine only.
The commands below work on a store that is stopped, or with DATABASE_URL on one that runs.`,
    )
    .action(async (options: StartOptions) => commands.start(options));
  addMaintenance(program, commands);
  addUsers(program, commands);
  return program;
}

const dataFolder = (of: Command): string => of.optsWithGlobals<{ data: string }>().data;

function addMaintenance(program: Command, commands: Commands): void {
  program
    .command("stats")
    .description("how much is stored, and how large tables and indexes are")
    .action(async (_, command: Command) => commands.stats(dataFolder(command)));
  program
    .command("scavenge")
    .description("remove what is truncated, deleted or too old; positions stay as they are. May be stopped and begun again")
    .action(async (_, command: Command) => commands.scavenge(dataFolder(command)));
  program
    .command("protect <login>")
    .description("let this account alone write to the streams of any EventStoreDB, nobody delete or truncate, and the group readers read")
    .action(async (login: string) => commands.protect(login));
}

function addUsers(program: Command, commands: Commands): void {
  const users = program.command("users").description("who may sign in, with TLS");
  users
    .command("set <login> [groups...]")
    .description("make a user, or change her groups and password; the groups $admins and $ops have a meaning of their own")
    .action(async (login: string, groups: string[], _, command: Command) => commands.addUser(dataFolder(command), login, groups));
  users
    .command("remove <login>")
    .description("let a user sign in no more")
    .action(async (login: string, _, command: Command) => commands.removeUser(dataFolder(command), login));
  users
    .command("list")
    .description("all users, with their groups")
    .action(async (_, command: Command) => commands.listUsers(dataFolder(command)));
}
