import type { Groups } from "../groups/groups.js";
import type { StoreLimits } from "../limits.js";
import type { LiveFeed } from "../live.js";
import type { Scavenges } from "../scavenges.js";
import type { Reading } from "../storage/reading.js";
import type { Users } from "../storage/users.js";
import type { Writer } from "../writer.js";
import type { Access } from "./access.js";
import type { Room } from "./guard/room.js";
import type { SubscriptionSlots } from "./slots.js";

/** What the services work on. `address`: where clients reach the server. */
export interface Node {
  readonly writer: Writer;
  readonly reading: Reading;
  readonly live: LiveFeed;
  readonly groups: Groups;
  readonly access: Access;
  readonly limits: StoreLimits;
  /** What has come and is not done with. */
  readonly room: Room;
  readonly slots: SubscriptionSlots;
  readonly scavenges: Scavenges;
  /** Null: the store has no users. */
  readonly users: Users | null;
  readonly address: () => { readonly host: string; readonly port: number };
}
