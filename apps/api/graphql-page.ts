import fastifyStatic from "@fastify/static";
import { getDistDirectory, renderAltair } from "altair-static";
import type { FastifyInstance } from "fastify";

const path = "/altair";
/** Nothing comes from elsewhere: a page that has somebody's token must not run what somebody else serves. */
const policy = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'self' ws: wss:; frame-ancestors 'none'";

/** `/altair/`: the page to try GraphQL, from a package of its own, so that it works without the internet. */
export async function serveGraphqlPage(server: FastifyInstance, endpoint: string): Promise<void> {
  const page = renderAltair({
    baseURL: `${path}/`,
    endpointURL: endpoint,
    subscriptionsEndpoint: endpoint,
    initialSubscriptionRequestHandlerId: "graphql-ws",
    initialHeaders: { authorization: "Bearer ..." },
  });
  server.get(path, async (_request, reply) => reply.redirect(`${path}/`));
  server.get(`${path}/`, async (_request, reply) =>
    reply.header("content-security-policy", policy).type("text/html; charset=utf-8").send(page),
  );
  await server.register(fastifyStatic, { root: getDistDirectory(), prefix: `${path}/`, decorateReply: false, index: false });
}
