import { aggregate } from "#kernel/kernel.js";
import { contact } from "./contact.js";

/** One contact of the hotline: stream `hotlineContact-<uuid>`. It needs no case, and stands in no case's history. */
export const hotlineContacts = aggregate("hotlineContact", { contact }, ({ contact: { receivedAt } }) => receivedAt);
