import { createServer, type IncomingMessage, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** A span as OpenTelemetry's JSON tells it. */
export interface Told {
  readonly program: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
  readonly status: { readonly code?: number };
}

/** Takes traces as a collector does, and keeps them. */
export class Collector {
  readonly spans: Told[] = [];
  readonly #server: Server = createServer((request, response) => void this.#take(request).then(() => response.end("{}")));

  /** Answers its url. */
  async start(): Promise<string> {
    await once(this.#server.listen(0, "127.0.0.1"), "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #take(request: IncomingMessage): Promise<void> {
    const { resourceSpans } = (await json(request)) as { resourceSpans: any[] };
    for (const { resource, scopeSpans } of resourceSpans) {
      const program = resource.attributes.find(({ key }: { key: string }) => key === "service.name").value.stringValue;
      for (const { spans } of scopeSpans) for (const span of spans) this.spans.push({ program, ...span });
    }
  }
}
