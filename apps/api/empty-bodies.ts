import type { FastifyAdapter } from "@nestjs/platform-fastify";

/** Many clients name JSON also where they send nothing: an empty body says nothing, and is refused only where something must be said. */
export function takeEmptyBodies(adapter: FastifyAdapter, bodyLimit: number): void {
  const parse = adapter.getInstance().getDefaultJsonParser("error", "error");
  adapter.useBodyParser("application/json", false, { bodyLimit }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else void parse(request, body.toString(), done);
  });
}
