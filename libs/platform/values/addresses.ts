/** A name as it stands in an address: `teamMembers` -> `team-members`. */
export const inAnAddress = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A kind as it stands in the name of an operation: `trafficking-event` -> `traffickingEvent` */
export const inAName = (kind: string): string => kind.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Where records of a kind stand: `case` -> `cases`; `staff` is its own plural. */
export const collectionOf = (kind: string): string => (kind === "staff" ? kind : `${kind}s`);
