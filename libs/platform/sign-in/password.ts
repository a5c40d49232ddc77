import { randomBytes } from "node:crypto";

/** A password that nobody can guess; it may stand in a url as it is. */
export const newPassword = (): string => randomBytes(24).toString("hex");
