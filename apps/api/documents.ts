import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";

/** Where the documents lie beside the program: it runs from `dist/apps/api`, and from `apps/api` in a test. */
const folder = ["../../../docs", "../../docs"]
  .map((each) => join(import.meta.dirname, each))
  .find((each) => existsSync(join(each, "tutorial")));

/** The documents that go with this very program, by their path, such as `tutorial/first-day.md`. */
const documents: ReadonlyMap<string, string> = new Map(
  folder === undefined ? [] : globSync("**/*.md", { cwd: folder }).map((path) => [path.replaceAll("\\", "/"), join(folder, path)] as const),
);

/** Those that whoever begins reads first, by what they are called. */
export const firstDocuments: readonly (readonly [title: string, path: string])[] = (
  [
    ["A first day", "tutorial/first-day.md"],
    ["A first screen", "tutorial/first-screen.md"],
    ["Begin with people of your own", "how-to/people.md"],
    ["The API", "reference/api.md"],
    ["How it works", "explanation/how-it-works.md"],
    ["Decisions", "decisions/README.md"],
  ] as const
).filter(([, path]) => documents.has(path));

/** `/docs/...`: the documents as they are written. Only what lay there at the start is told, by its own name. */
export function serveDocuments(server: FastifyInstance): void {
  server.get<{ Params: { "*": string } }>("/docs/*", { config: { open: true } }, (request, reply) => {
    const file = documents.get(request.params["*"]);
    if (file === undefined) return reply.callNotFound();
    return reply.type("text/plain; charset=utf-8").send(readFileSync(file, "utf8"));
  });
}
