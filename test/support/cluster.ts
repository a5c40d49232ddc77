import { createRequire } from "node:module";
import { Metadata, status } from "@grpc/grpc-js";
import type { ClusterInfo, MemberInfo } from "@eventstore/db-client/generated/gossip_pb.js";
import type { Position } from "#store/stored.js";
import { connectionLost, FaultyStore, type Failure } from "./faulty-store.js";
import { SilentProxy } from "./silent-proxy.js";

const load = createRequire(import.meta.url);
const gossip = load("@eventstore/db-client/generated/gossip_pb.js") as typeof import("@eventstore/db-client/generated/gossip_pb.js");
const { UUID } = load("@eventstore/db-client/generated/shared_pb.js") as typeof import("@eventstore/db-client/generated/shared_pb.js");
const { VNodeState } = gossip.MemberInfo;

/** What a node answers that knows of no leader. */
export const notReady: Failure = { code: status.UNAVAILABLE, details: "Server Is Not Ready" };

/** What others answer to who needs one. */
export const noLeader: Failure = { code: status.UNKNOWN, details: "No leader info available in response" };

/** One node: a server of its own before the one log, with a wire that can be cut. */
interface Node {
  readonly server: FaultyStore;
  readonly wire: SilentProxy;
  readonly port: number;
  isFrozen: boolean;
  /** A follower knows the log up to here; null: all of it. */
  knows: Position | null;
}

/**
 * An event store of several nodes as clients see it: they share one log, tell by gossip who leads, and fail as nodes of a real cluster were
 * seen to fail. The unmodified client finds its way by `url`, or by `seed` alone.
 */
export class Cluster {
  #leader: number | null = 0;
  #leaderless = notReady;
  /** Nodes that the others have missed. */
  readonly #missed = new Set<number>();

  private constructor(readonly nodes: readonly Node[]) {
    for (const [index, { server }] of nodes.entries()) {
      server.members = () => this.#members();
      server.onCall = (requiresLeader) => this.#fateOfCall(index, requiresLeader);
      server.onRead = (message) => {
        const { knows } = nodes[index]!;
        const commit = message.getEvent()?.getEvent()?.getCommitPosition();
        return knows === null || commit === undefined || BigInt(commit) <= knows.commit ? "pass" : "drop";
      };
    }
  }

  /** Before the event store at `url`; the first node leads. */
  static async before(url: string, count = 3): Promise<Cluster> {
    const nodes = await Promise.all(
      Array.from({ length: count }, async (): Promise<Node> => {
        const server = new FaultyStore();
        const { proxy, url: address } = await SilentProxy.before(await server.start(url));
        return { server, wire: proxy, port: Number(new URL(address).port), isFrozen: false, knows: null };
      }),
    );
    return new Cluster(nodes);
  }

  get url(): string {
    return `esdb://${this.nodes.map(({ port }) => `127.0.0.1:${port}`).join(",")}?tls=false`;
  }

  /** A name that stands for them all. */
  get seed(): string {
    return `esdb+discover://127.0.0.1:${this.nodes[1]!.port}?tls=false`;
  }

  /** Another node leads. Whoever led before and stands still is missed by the others. */
  elect(leader: number): void {
    this.#leader = leader;
    for (const [index, { isFrozen }] of this.nodes.entries()) if (isFrozen) this.#missed.add(index);
  }

  /** Nobody leads: what is on its way ends, and nothing is taken any more. */
  loseQuorum(answer = notReady): void {
    this.#leader = null;
    this.#leaderless = answer;
    for (const { server } of this.nodes) server.interrupt(answer);
  }

  /** From now on a node is told nothing more of the log. */
  lag(index: number, knows: Position): void {
    this.nodes[index]!.knows = knows;
  }

  /** It has been told everything; whoever was connected connects again. */
  catchUp(index: number): void {
    this.nodes[index]!.knows = null;
    this.nodes[index]!.server.interrupt(connectionLost);
  }

  /** As if its process were stopped: it takes connections, and answers nothing. */
  freeze(index: number): void {
    this.nodes[index]!.isFrozen = true;
    this.nodes[index]!.wire.freeze();
  }

  stop(): void {
    for (const { server, wire } of this.nodes) {
      wire.close();
      server.stop();
    }
  }

  #fateOfCall(index: number, requiresLeader: boolean): "pass" | Failure {
    if (this.#leader === null) return this.#leaderless;
    if (index === this.#leader || !requiresLeader) return "pass";
    const metadata = new Metadata();
    metadata.set("exception", "not-leader");
    metadata.set("leader-endpoint-host", "127.0.0.1");
    metadata.set("leader-endpoint-port", String(this.nodes[this.#leader]!.port));
    return { code: status.NOT_FOUND, details: "Leader info available", metadata };
  }

  #members(): ClusterInfo {
    return new gossip.ClusterInfo().setMembersList(this.nodes.map((node, index) => this.#member(node, index)));
  }

  #member({ port }: Node, index: number): MemberInfo {
    const follows = this.#leader === null ? VNodeState.UNKNOWN : VNodeState.FOLLOWER;
    return new gossip.MemberInfo()
      .setInstanceId(new UUID().setString(`00000000-0000-4000-8000-00000000000${index}`))
      .setTimeStamp(String(Date.now()))
      .setState(index === this.#leader ? VNodeState.LEADER : follows)
      .setIsAlive(!this.#missed.has(index))
      .setHttpEndPoint(new gossip.EndPoint().setAddress("127.0.0.1").setPort(port));
  }
}
