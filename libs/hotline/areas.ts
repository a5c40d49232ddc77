import { areaOf, personalAreaOf } from "#access/cells.js";

/** Whoever answers the hotline, and whoever sees how it is answered. */
const listeners = { "shelter-case-manager": "write", "social-welfare-officer": "write", supervisor: "read" } as const;

export const hotlineArea = areaOf("hotline", { ...listeners, auditor: "read", "data-protection-officer": "read" });

/** Which case it became: not for everybody who answers calls, since a wall may keep some of them out of that case. */
export const hotlineLinkArea = areaOf("hotlineLink", { supervisor: "read", auditor: "read", "data-protection-officer": "read" });

/** What was said, of herself or of others. */
export const hotlineAccountArea = personalAreaOf("hotlineAccount", listeners);

/** How the caller is reached, kept only where that is safe. */
export const callBackArea = personalAreaOf("hotlineCallBack", listeners);
