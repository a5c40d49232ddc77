import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** Stands before a server; can fall silent on all that are connected: nothing passes any more, and nobody is told. */
export class SilentProxy {
  readonly #connected = new Set<Socket>();
  readonly #server = createServer((incoming) => {
    const outgoing = connect(this.port, this.host);
    for (const socket of [incoming, outgoing]) {
      this.#connected.add(socket);
      socket.on("error", () => socket.destroy()).on("close", () => this.#connected.delete(socket));
    }
    incoming.pipe(outgoing).pipe(incoming);
  });

  private constructor(
    readonly host: string,
    readonly port: number,
  ) {}

  /** Answers the proxy, and the url by which the server is reached through it. */
  static async before(url: string): Promise<{ proxy: SilentProxy; url: string }> {
    const through = new URL(url);
    const proxy = new SilentProxy(through.hostname, Number(through.port));
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    through.host = `127.0.0.1:${(proxy.#server.address() as AddressInfo).port}`;
    return { proxy, url: through.href };
  }

  fallSilent(): void {
    for (const socket of this.#connected) socket.unpipe().pause();
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#connected) socket.destroy();
  }
}
