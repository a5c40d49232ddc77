/** A name as it stands in an address: `teamMembers` -> `team-members`. */
export const inAnAddress = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
