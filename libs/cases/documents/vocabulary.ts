/** What a document is about, as far as its class tells. Under the key of that class it is sealed. */
export const documentClasses = ["identity", "narrative", "health", "psychosocial", "legal", "perpetrator", "safety"] as const;
export type DocumentClass = (typeof documentClasses)[number];
/** What it is to look at; what it says is told by its title, which is sealed. */
export const documentKinds = ["Paper", "Photograph", "Report", "Certificate", "Letter", "Form", "Recording", "Other"] as const;
export type DocumentKind = (typeof documentKinds)[number];
/** Whether something that does harm was looked for in it. What is awaited, or was found, is in quarantine. */
export const documentScans = ["NotScanned", "Awaited", "Clean", "Infected"] as const;
export type DocumentScan = (typeof documentScans)[number];
export const withdrawalReasons = ["WrongPerson", "NotTrue", "SheAskedForIt", "AddedTwice", "WrongClass", "Unreadable", "Other"] as const;
export type DocumentWithdrawalReason = (typeof withdrawalReasons)[number];
