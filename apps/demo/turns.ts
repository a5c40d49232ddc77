import { MadeId, RecordId, type DemoStep } from "./telling.js";

/** What is sent at once: steps about one record, in their order. */
export interface Piece {
  readonly record: string;
  readonly steps: readonly DemoStep[];
  /** The records that it is about, and that it waits for. */
  readonly turns: readonly string[];
}

/** As many as an import takes at once. */
const mostSteps = 100;

/** Whose story a step belongs to: what is done in a shelter belongs to the case that it is done for. */
const storyOf = ({ record, housed }: DemoStep): string => housed ?? record;

const turnsOf = (step: DemoStep): string[] => {
  const named = Object.values(step.body).flatMap((each) => (each instanceof RecordId ? [each.record] : []));
  // A shelter's history has to come in order, also where a policy writes into it.
  return [...new Set([step.record, ...(step.housed ? [step.housed, "shelter"] : []), ...named])].toSorted();
};

const names = (step: DemoStep, keys: ReadonlySet<string>): boolean =>
  Object.values(step.body).some((each) => each instanceof MadeId && keys.has(each.key));

/** One story in as few pieces as can be: an id that a step makes is known once it was answered. */
function piecesOf(story: readonly DemoStep[]): Piece[] {
  const all: { steps: DemoStep[]; turns: string[]; keys: Set<string> }[] = [];
  for (const step of story) {
    const last = all.at(-1);
    const turns = turnsOf(step);
    const goesOn =
      last &&
      !last.steps[0]!.begins &&
      !step.wait &&
      last.steps.length < mostSteps &&
      last.turns.join() === turns.join() &&
      !names(step, last.keys);
    if (goesOn) {
      last.steps.push(step);
      last.keys.add(step.key);
    } else all.push({ steps: [step], turns, keys: new Set([step.key]) });
  }
  return all.map(({ steps, turns }) => ({ record: steps[0]!.record, steps, turns }));
}

const endOf = ({ steps }: Piece): string => steps.at(-1)!.at;

/** All stories in pieces, in an order in which nothing waits for what comes after it. */
export function piecesIn(steps: readonly DemoStep[]): Piece[] {
  const stories = [...Map.groupBy(steps, storyOf).values()].flatMap((story) => piecesOf(story));
  return stories.sort((one, other) => (endOf(one) < endOf(other) ? -1 : Number(endOf(one) > endOf(other))));
}

/**
 * Sends pieces, so many at a time, those of one record each after the other in this order. It ends early when somebody stops it, once all that is
 * under way was answered. @throws the first error, after the rest was answered
 */
export async function inTurns(
  pieces: readonly Piece[],
  { parallel, isStopped, send }: { parallel: number; isStopped: () => boolean; send: (piece: Piece) => Promise<void> },
): Promise<void> {
  const turns = new Map<string, Promise<void>>();
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const isOver = () => isStopped() || failures.length > 0;
  for (const piece of pieces) {
    while (underWay.size >= parallel) await Promise.race(underWay);
    if (isOver()) break;
    const before = piece.turns.map((each) => turns.get(each) ?? Promise.resolve());
    const turn = Promise.all(before)
      .then(() => (isOver() ? undefined : send(piece)))
      .catch((error: unknown) => void failures.push(error))
      .finally(() => underWay.delete(turn));
    for (const each of piece.turns) turns.set(each, turn);
    underWay.add(turn);
  }
  await Promise.all(underWay);
  if (failures.length > 0) throw failures[0];
}
