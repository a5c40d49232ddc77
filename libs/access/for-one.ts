// What one person alone is to read is sealed under a class of its own, which names her. The key of a class derives from its name, and the name that
// is asked for is made from the id of whoever asks: there is no way to ask for another's.

const between = " for ";

/** The class under which somebody seals what nobody else is to read: `narrative for 7f3e...`. */
export const forOne = (dataClass: string, person: string): string => `${dataClass}${between}${person}`;

/** Without the name of whom it is for. */
export const plainClass = (name: string): string => name.split(between, 1)[0]!;

/** Is something of this class sealed under this name, for somebody else than her? */
export const isForAnother = (name: string, dataClass: string, person: string): boolean =>
  name.startsWith(`${dataClass}${between}`) && name !== forOne(dataClass, person);
