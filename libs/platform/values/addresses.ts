/** A name as it stands in an address: `teamMembers` -> `team-members`. */
export const inAnAddress = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Where records of a kind stand: `case` -> `cases`, `hotlineContact` -> `hotline-contacts`; `staff` is its own plural. */
export const collectionOf = (kind: string): string => (kind === "staff" ? kind : `${inAnAddress(kind)}s`);
