/** Codes are stored and never change. */
export const bedCategories = ["Women", "Men", "Girls", "Boys", "Family"] as const;
export type BedCategory = (typeof bedCategories)[number];
export const availabilities = ["YearRound", "Seasonal", "Overflow"] as const;
export type Availability = (typeof availabilities)[number];
export const outOfServiceReasons = ["Repair", "Hygiene", "Safety", "Other"] as const;
export type OutOfServiceReason = (typeof outOfServiceReasons)[number];
