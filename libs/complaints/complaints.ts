import { aggregate } from "#kernel/kernel.js";
import { complaint } from "./complaint.js";

/** One complaint: stream `complaint-<uuid>`. It stands in no case's history. */
export const complaints = aggregate("complaint", { complaint }, ({ complaint: { receivedAt } }) => receivedAt);
