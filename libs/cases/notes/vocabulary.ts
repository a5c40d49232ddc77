/** What a note is about, as far as its class tells. */
export const noteClasses = ["narrative", "health", "psychosocial", "legal", "safety"] as const;
export type NoteClass = (typeof noteClasses)[number];
export const retractionReasons = ["WrongPerson", "NotTrue", "SheAskedForIt", "WrittenTwice", "WrongClass", "Other"] as const;
export type RetractionReason = (typeof retractionReasons)[number];
