import { aggregate } from "#kernel/kernel.js";
import { capacity } from "./capacity/capacity.js";
import { stays } from "./stays/stays.js";

/** One shelter: stream `shelter-<uuid>`. A new topic is a line here. */
export const shelters = aggregate("shelter", { capacity, stays }, ({ capacity: { registeredAt } }) => registeredAt);
