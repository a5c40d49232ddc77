import { aggregate } from "#kernel/kernel.js";
import { contact } from "./contact.js";

/** One contact of the hotline: stream `hotline-contact-<uuid>`. It needs no case, and stands in no case's history. */
export const hotlineContacts = aggregate("hotline-contact", { contact }, ({ contact: { receivedAt } }) => receivedAt);
