/** The partition of a stream (or of a view's own routing key): FNV-1a, the same in every process. */
export function partitionOf(text: string, partitions: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % partitions;
}
