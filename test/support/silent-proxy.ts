import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** Stands before a server; can fall silent on all that are connected: nothing passes any more, and nobody is told. */
export class SilentProxy {
  readonly #connected = new Set<Socket>();
  readonly #incoming = new Set<Socket>();
  #isFrozen = false;
  readonly #server = createServer((incoming) => {
    this.#incoming.add(incoming);
    incoming.once("close", () => this.#incoming.delete(incoming));
    this.#hold(incoming);
    if (this.#isFrozen) return;
    const outgoing = connect(this.port, this.host);
    this.#hold(outgoing);
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

  #hold(socket: Socket): void {
    this.#connected.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => this.#connected.delete(socket));
  }

  fallSilent(): void {
    for (const socket of this.#connected) socket.unpipe().pause();
  }

  /** As a process that was stopped: whoever connects later is taken on as well, and hears nothing. */
  freeze(): void {
    this.#isFrozen = true;
    this.fallSilent();
  }

  /** It goes on, and so does whoever connects from now on; what was silent stays so. */
  thaw(): void {
    this.#isFrozen = false;
  }

  /** Connections that are open now. */
  get connections(): number {
    return this.#incoming.size;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#connected) socket.destroy();
  }
}
