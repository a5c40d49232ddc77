/** How many facts a batch may hold. Small ones are at hand sooner, large ones cost less for each fact. */
export const batchSizes = { least: 50, first: 500, most: 4_000 } as const;

/** A batch should be written within this time, milliseconds: who waits for what it wrote waits as long at most. */
const target = 250;

/** The size that the next batch may have, after one of `facts` took so many milliseconds where `size` were allowed. */
export function nextSize(size: number, facts: number, milliseconds: number): number {
  if (milliseconds > target) return Math.max(batchSizes.least, Math.floor(size / 2));
  // Only a full batch shows that there is more to be had.
  return facts >= size && milliseconds < target / 2 ? Math.min(batchSizes.most, size * 2) : size;
}
