import { allows } from "#access/decide.js";
import { access, recordDisclosure } from "#access/disclosure.js";
import type { Area } from "#access/policy.js";
import type { ViewTable } from "#projection/columns.js";
import type { SealedPart } from "#seal/sealed.js";
import { Change } from "#store/change.js";
import { v4 as uuidv4 } from "uuid";
import type { Call } from "./operation.js";

/**
 * The one door through which personal data leaves: decides class by class, records the disclosure, and only then opens.
 * What may not be seen, was erased, or was never recorded looks the same: null.
 */
export async function disclose(
  { actor, id, services }: Call,
  { columns }: ViewTable,
  row: Record<string, unknown>,
  { kind, route, purpose }: { kind: string; route: string; purpose: string },
): Promise<Record<string, unknown>> {
  const owner = { shelter: kind === "shelter" ? id : (row["shelter"] as string | undefined) };
  const sealed = columns.flatMap(({ property, sealed: dataClass }) => {
    const part = row[property] as SealedPart | null;
    return dataClass && part ? [{ property, part, seen: allows(actor, { act: "read", on: dataClass as Area }, owner) }] : [];
  });
  const seen = sealed.filter((each) => each.seen);
  const open = new Map<string, object | null>();
  if (seen.length > 0) {
    const subjects = [...new Set(seen.map(({ part }) => part.subject))];
    const classes = [...new Set(seen.map(({ part }) => part.class))].sort();
    const request = { subjects, classes, purpose, route };
    await services.commands.execute(new Change(access, id, recordDisclosure, request, actor, { commandId: uuidv4(), purpose }));
    const opened = await services.seal.open(seen.map(({ part }) => part));
    for (const [index, { property }] of seen.entries()) open.set(property, opened[index] ?? null);
  }
  return { ...row, ...Object.fromEntries(sealed.map(({ property }) => [property, open.get(property) ?? null])) };
}
