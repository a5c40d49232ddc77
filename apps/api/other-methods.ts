import type { FastifyInstance } from "fastify";
import { answerProblem } from "#api/operations/problems.js";
import { methodNotAllowed, notAllowedOrUnknown } from "#platform/http/problem.js";

/** Who asks an address of ours by a method that it does not know is told by which it may be asked. To be called before any route is registered. */
export function tellAllowedMethods(server: FastifyInstance): void {
  const methods = new Map<string, Set<string>>();
  server.addHook("onRoute", ({ url, method }) => {
    const known = methods.get(url) ?? new Set();
    for (const each of [method].flat()) if (each !== "OPTIONS") known.add(each);
    methods.set(url, known);
  });
  server.setNotFoundHandler((request, reply) => {
    const path = request.raw.url!.split("?")[0]!;
    const allowed = [...methods].filter(([url]) => patternOf(url).test(path)).flatMap(([, each]) => [...each]);
    if (allowed.length === 0) return answerProblem(reply, notAllowedOrUnknown());
    const sorted = [...new Set(allowed)].toSorted();
    return answerProblem(reply.header("allow", sorted.join(", ")), methodNotAllowed(sorted));
  });
}

const patterns = new Map<string, RegExp>();
/** `/v1/cases/:id` -> what it matches. */
const patternOf = (url: string): RegExp => {
  const known =
    patterns.get(url) ??
    new RegExp(
      `^${url
        .replaceAll(/[.+?^$()|[\]{}\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll(/:\w+/g, "[^/]+")}$`,
    );
  patterns.set(url, known);
  return known;
};
