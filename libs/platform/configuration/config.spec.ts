import { bool, port, str } from "envalid";
import { ConfigurationError, readConfig } from "./config.js";
import { variables } from "./variables.js";

const problemsOf = (read: () => unknown): readonly string[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.lines;
    throw error;
  }
  return [];
};

describe("configuration", () => {
  test("is typed, with defaults for what may be left out", () => {
    const { PORT, DEMO_SIGN_IN, HIFADHI_DATA } = variables;
    expect(readConfig({ PORT, DEMO_SIGN_IN, HIFADHI_DATA }, { DEMO_SIGN_IN: "yes", PORT: "8080" })).toEqual({
      PORT: 8080,
      DEMO_SIGN_IN: true,
      HIFADHI_DATA: "./data",
    });
  });

  test("that is wrong names every variable and what it should be", () => {
    const { DATABASE_URL, KEY_FILE, LOG_LEVEL } = variables;
    expect(problemsOf(() => readConfig({ DATABASE_URL, KEY_FILE, LOG_LEVEL }, { DATABASE_URL: "mysql://x", LOG_LEVEL: "loud" }))).toEqual([
      "DATABASE_URL is not valid: it must be the Postgres url of the read models, for example postgres://hifadhi:...@127.0.0.1:5432/hifadhi.",
      "KEY_FILE is not set: it must be the file that holds the key-encryption key, for example /run/secrets/key.",
      "LOG_LEVEL is not valid: it must be the level of logging, one of fatal, error, warn, info, debug, silent.",
    ]);
  });

  test("that is wrong never shows a value, which may be a password", () => {
    const spec = { DATABASE_URL: variables.DATABASE_URL, PORT: port(), FLAG: bool() };
    const lines = problemsOf(() => readConfig(spec, { DATABASE_URL: "secret:1", PORT: "secret-2", FLAG: "secret-3" }));
    expect(lines).toHaveLength(3);
    expect(lines.join()).not.toContain("secret");
  });

  test("that is wrong tells why, where that helps", () => {
    const { EVENTSTORE_URL } = variables;
    const [line] = problemsOf(() => readConfig({ EVENTSTORE_URL }, { EVENTSTORE_URL: "kurrentdb://user:secret@node1,node2" }));
    expect(line).toMatch(/^EVENTSTORE_URL is not valid: the client does not know kurrentdb:, write esdb: .*: it must be the address/);
    expect(line).not.toContain("secret");
    const cluster = "esdb://user:secret@node1:2113,node2:2113,node3:2113?tls=true";
    expect(readConfig({ EVENTSTORE_URL }, { EVENTSTORE_URL: cluster })).toEqual({ EVENTSTORE_URL: cluster });
  });

  test("a secret may stand in a file", () => {
    const read = (path: string) => `content of ${path}`;
    expect(readConfig({ TOKEN: str() }, { TOKEN_FILE: "/run/secrets/token" }, read)).toEqual({ TOKEN: "content of /run/secrets/token" });
  });

  test("a secret's file that cannot be read is named by its variable, not by its content", () => {
    expect(problemsOf(() => readConfig({ TOKEN: str() }, { TOKEN_FILE: "/nowhere/at/all" }))).toEqual([
      "TOKEN_FILE names a file that cannot be read.",
    ]);
  });

  test("a secret that is given twice is refused", () => {
    expect(problemsOf(() => readConfig({ TOKEN: str() }, { TOKEN: "a", TOKEN_FILE: "b" }, () => "b"))).toEqual([
      "TOKEN and TOKEN_FILE are both set: set one of them.",
    ]);
  });
});
