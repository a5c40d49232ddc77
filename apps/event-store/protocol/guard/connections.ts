import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server as Listener, type Socket } from "node:net";
import type { Server, ServerCredentials } from "@grpc/grpc-js";
import type { StoreLimits } from "../../limits.js";
import { Room } from "./room.js";

/** Takes connections, so many in all and of one address; one that no call comes over is closed. */
export class Connections {
  readonly #listeners: Listener[] = [];
  readonly #room: Room;
  readonly #unused = new Map<string, NodeJS.Timeout>();

  constructor(readonly limits: StoreLimits) {
    this.#room = new Room(limits.connections, limits.connectionsPerAddress);
  }

  /** Listens on every address of the host; answers the port. Throws a sentence where it is taken. */
  async listen(server: Server, credentials: ServerCredentials, host: string, port: number): Promise<number> {
    const injector = server.createConnectionInjector(credentials);
    const addresses = await lookup(host.replace(/^\[|\]$/g, ""), { all: true });
    let bound = port;
    for (const { address } of addresses) {
      const listener = createServer({ noDelay: true, keepAlive: true }, (socket) => {
        if (this.#accept(socket)) injector.injectConnection(socket);
      });
      listener.listen(bound, address);
      try {
        await once(listener, "listening");
      } catch (error) {
        // A machine may know the name of an address that it does not have.
        if ((error as NodeJS.ErrnoException).code === "EADDRNOTAVAIL" && addresses.length > 1) continue;
        this.close();
        throw new Error(`The event store cannot listen on ${host}:${port}: it is taken. Choose another port with --port.`, {
          cause: error,
        });
      }
      this.#listeners.push(listener);
      bound = (listener.address() as AddressInfo).port;
    }
    return bound;
  }

  /** A call came over the connection of this address and port. */
  used(peer: string): void {
    clearTimeout(this.#unused.get(peer));
    this.#unused.delete(peer);
  }

  get count(): number {
    return this.#room.taken;
  }

  close(): void {
    for (const listener of this.#listeners) listener.close();
    for (const timer of this.#unused.values()) clearTimeout(timer);
  }

  #accept(socket: Socket): boolean {
    const { remoteAddress = "unknown", remotePort } = socket;
    socket.on("error", () => socket.destroy());
    if (!this.#room.take(remoteAddress, 1)) {
      socket.destroy();
      return false;
    }
    const peer = `${remoteAddress}:${remotePort}`;
    this.#unused.set(
      peer,
      setTimeout(() => socket.destroy(), this.limits.requestSeconds * 1_000),
    );
    socket.once("close", () => {
      this.used(peer);
      this.#room.give(remoteAddress, 1);
    });
    return true;
  }
}
