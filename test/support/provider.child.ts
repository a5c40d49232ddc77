import { OAuth2Server } from "oauth2-mock-server";

// An OpenID provider that somebody else has written, in a process of its own. What a token claims comes with the request for it.

const server = new OAuth2Server();
await server.issuer.keys.generate("RS256");
await server.start(0, "127.0.0.1");
server.service.on("beforeTokenSigning", ({ payload }: { payload: object }, { body }: { body: { claims?: string } }) =>
  Object.assign(payload, JSON.parse(body.claims ?? "{}")),
);
process.send?.({ ready: server.issuer.url });
process.once("disconnect", () => process.exit(0));
