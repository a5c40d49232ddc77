const longest = 300;
/** Words; further in, as lists of what is wrong with a configuration stand, with a capital: what is left is the inside of an error. */
const sentence = /^(?:[\p{L}"']| {2}\p{Lu})\S*\s+\S/u;

/** The last line of a log that tells a person something; null where there is none: records for machines and traces of calls are none. */
export function lastSentence(log: string): string | null {
  const line = log.split("\n").findLast((each) => sentence.test(each) && !each.startsWith("Node.js v"));
  if (line === undefined) return null;
  return line.length > longest ? `${line.slice(0, longest)} ...` : line.trim();
}
