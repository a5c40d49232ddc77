import type { FastifyInstance } from "fastify";
import { firstDocuments } from "./documents.js";

interface Shown {
  readonly isWell: () => Promise<boolean>;
  /** Where whoever has no token gets one: the issuer. */
  readonly issuer: string;
  readonly hasPage: boolean;
}

/** `/`: what this is and where to go on, for whoever types the address into a browser. It loads nothing, from here or elsewhere. */
export function serveFrontPage(server: FastifyInstance, { isWell, issuer, hasPage }: Shown): void {
  server.get("/", { config: { open: true } }, async (_request, reply) => {
    const page = pageOf(await isWell(), issuer, hasPage);
    return reply
      .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'")
      .type("text/html; charset=utf-8")
      .send(page);
  });
}

const pageOf = (well: boolean, issuer: string, hasPage: boolean): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Hifadhi</title><style>body { font: 1rem/1.5 sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }</style></head>
<body>
<h1>Hifadhi</h1>
<p>A case-management backend for the shelters and agencies that protect victims of human trafficking. People use it by the programs of their shelter; this page is for those who build and run these.</p>
<p>It is <strong>${well ? "ready" : "not ready: a part of it is away"}</strong> (<a href="/health/ready">what each part says</a>).</p>
<ul>
<li><a href="/v1/docs">The REST API, to read and to try</a>; its OpenAPI document is at <a href="/v1/openapi.json">/v1/openapi.json</a></li>
<li>GraphQL is at <code>/graphql</code>${hasPage ? ', and may be tried at <a href="/altair/">/altair/</a>' : ""}</li>
<li>Documents: ${firstDocuments.map(([title, path]) => `<a href="/docs/${path}">${title}</a>`).join(", ")}</li>
<li>Access tokens come from <code>${escaped(issuer)}</code></li>
</ul>
</body>
</html>
`;

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
