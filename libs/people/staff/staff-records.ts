import { aggregate } from "#kernel/kernel.js";
import { staff } from "./staff.js";

/** What is one person's own, wherever she works: stream `staff-<uuid>`. Her id stands in histories. */
export const staffRecords = aggregate("staff", { staff }, ({ staff: { registeredAt } }) => registeredAt);
