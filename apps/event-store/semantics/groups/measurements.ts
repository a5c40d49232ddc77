/** Milliseconds by name: mean, median, fastest, quintiles and high percentiles. Nothing of nothing. */
export function summaryOf(milliseconds: readonly number[]): readonly (readonly [string, number])[] {
  if (milliseconds.length === 0) return [];
  const sorted = milliseconds.toSorted((one, other) => one - other);
  const at = (part: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)]!);
  const mean = Math.round(sorted.reduce((sum, each) => sum + each, 0) / sorted.length);
  return [
    ["Mean", mean],
    ["Median", at(0.5)],
    ["Fastest", Math.round(sorted[0]!)],
    ...[1, 2, 3, 4, 5].map((fifth) => [`Quintile ${fifth}`, at(fifth / 5)] as const),
    ["90%", at(0.9)],
    ["95%", at(0.95)],
    ["99%", at(0.99)],
    ["99.5%", at(0.995)],
    ["99.9%", at(0.999)],
    ["Highest", at(1)],
  ];
}
