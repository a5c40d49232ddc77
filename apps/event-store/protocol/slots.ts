import { status } from "@grpc/grpc-js";
import type { StoreLimits } from "../limits.js";
import type { StoreCaller } from "../semantics/access.js";
import { type IncomingCall, userOf } from "./access.js";
import { Room } from "./guard/room.js";
import { failure } from "./failure.js";

/** Places of subscriptions and of groups' readers: so many on a connection, and so many of a user. */
export class SubscriptionSlots {
  readonly #byConnection: Room;
  readonly #byUser: Room;

  constructor({ subscriptionsPerConnection, subscriptionsPerUser }: StoreLimits) {
    this.#byConnection = new Room(Infinity, subscriptionsPerConnection);
    this.#byUser = new Room(Infinity, subscriptionsPerUser);
  }

  /** Answers how to leave. Throws where there is no place. */
  enter(asked: IncomingCall, caller: StoreCaller): () => void {
    const [peer, user] = [asked.getPeer(), userOf(caller)];
    if (!this.#byConnection.take(peer, 1)) throw full(`This connection has ${this.#byConnection.perUser}`);
    if (!this.#byUser.take(user, 1)) {
      this.#byConnection.give(peer, 1);
      throw full(`This user has ${this.#byUser.perUser}`);
    }
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#byConnection.give(peer, 1);
      this.#byUser.give(user, 1);
    };
  }
}

const full = (who: string) =>
  failure(status.RESOURCE_EXHAUSTED, `${who} subscriptions already, which is as many as there may be. End one first.`);
