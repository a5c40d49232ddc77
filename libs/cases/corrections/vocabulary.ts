/** Why an entry should not be there. */
export const mistakeReasons = ["WrongPerson", "WrongDate", "WrongValue", "EnteredTwice", "DidNotHappen", "Other"] as const;
export type MistakeReason = (typeof mistakeReasons)[number];
