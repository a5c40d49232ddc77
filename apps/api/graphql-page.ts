import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

const path = "/altair";
/** Nothing comes from elsewhere: a page that has somebody's token must not run what somebody else serves. */
const policy = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'self' ws: wss:; frame-ancestors 'none'";

/** The scripts and styles that the page asks for. */
const files = join(dirname(fileURLToPath(import.meta.resolve("altair-static"))), "dist");

/** Loaded when somebody asks for it: it is half a megabyte, of which an api at work has no use. */
async function pageFor(endpoint: string): Promise<string> {
  const { renderAltair } = await import("altair-static");
  return renderAltair({
    baseURL: `${path}/`,
    endpointURL: endpoint,
    subscriptionsEndpoint: endpoint,
    initialSubscriptionRequestHandlerId: "graphql-ws",
    initialHeaders: { authorization: "Bearer ..." },
  });
}

/** `/altair/`: the page to try GraphQL, from a package of its own, so that it works without the internet. */
export async function serveGraphqlPage(server: FastifyInstance, endpoint: string): Promise<void> {
  server.get(path, async (_request, reply) => reply.redirect(`${path}/`));
  server.get(`${path}/`, async (_request, reply) =>
    reply
      .header("content-security-policy", policy)
      .type("text/html; charset=utf-8")
      .send(await pageFor(endpoint)),
  );
  await server.register(fastifyStatic, { root: files, prefix: `${path}/`, decorateReply: false, index: false });
}
