import { aggregate } from "#kernel/kernel.js";
import { traffickingEvent } from "./event.js";

/** One event that several cases may share, such as a raid: stream `trafficking-event-<uuid>`. */
export const traffickingEvents = aggregate("trafficking-event", { traffickingEvent }, ({ traffickingEvent: { recordedAt } }) => recordedAt);
