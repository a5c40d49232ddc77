import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import { cases as caseAggregate } from "#cases/cases.js";
import { openCase, type OpenCase } from "#cases/intake/intake.js";
import type { Seal } from "#seal/seal.js";
import type { SealedPart } from "#seal/sealed.js";
import { Change } from "#store/change.js";
import type { Changes } from "#store/changes.js";
import { caseId, fill, type Boxes } from "../../support/filled-tables.js";

/** People whose data is really sealed: the only ones whose file is asked for with it. */
const openable = 200;
export const openableId = (index: number, cases: number): string => caseId(1 + Math.floor(((index % openable) * cases) / openable));

/** Fills the tables of the read side with so many cases, whatever was in them. The log is told whose data is sealed: it is asked. */
export async function seed(client: Client, seal: Seal, changes: Changes, cases: number): Promise<void> {
  const people = Array.from({ length: openable }, (_, index) => openableId(index, cases));
  const parts = await Promise.all(people.map(async (each) => sealed(seal, each, await subjectOf(changes, each))));
  await fill(client, cases, parts[0]);
  for (const [index, { identity, contact, account }] of parts.entries())
    await client.query("update case_file set identity = $2, contact = $3, account = $4 where id = $1", [
      ...[people[index], JSON.stringify(identity), JSON.stringify(contact), JSON.stringify(account)],
    ]);
}

const opening: OpenCase = { source: "Other", urgency: "Routine", region: "Other", sex: "Unknown", ageBand: "Unknown" };

/** Opens the case, and answers whom its sealed data is about. */
async function subjectOf(changes: Changes, id: string): Promise<string> {
  const actor = { id: "bench", role: "shelter-case-manager" };
  await changes.apply(new Change(caseAggregate, id, openCase, opening, actor, { commandId: randomUUID() }));
  return (await changes.states.current(caseAggregate, id)).state.intake.subject;
}

/** Invented data of a usual size, sealed for the one it is about. */
async function sealed(seal: Seal, id: string, subject: string): Promise<Boxes> {
  const place = { stream: `case-${id}`, event: id, type: "Bench" };
  const personal = {
    identity: { givenName: "Invented", familyName: "Person", dateOfBirth: "2001-01-01" },
    contact: { telephone: "+000 000 000 000", address: "Invented street 1" },
    narrative: { account: "An invented account. ".repeat(20) },
  };
  const boxes = (await seal.seal(place, { [subject]: personal }))[subject]!;
  const part = (name: keyof typeof personal): SealedPart => ({ ...place, subject, class: name, sealed: boxes[name]! });
  return { identity: part("identity"), contact: part("contact"), account: part("narrative") };
}
