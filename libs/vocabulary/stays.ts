/** How a stay in a shelter ends. Codes are stored and never change; cases and shelters both tell of it. */
export const exitTypes = ["Planned", "SelfDischarge", "Transfer", "Return", "Reunification", "Removed", "Absconded", "Deceased"] as const;
export type ExitType = (typeof exitTypes)[number];
