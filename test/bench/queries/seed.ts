import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import { cases as caseAggregate } from "#cases/cases.js";
import { openCase, type OpenCase } from "#cases/intake/intake.js";
import { assignWorker, type AssignWorker } from "#cases/team/team.js";
import type { Actor } from "#kernel/kernel.js";
import { demoOrganisation, demoPeople } from "#platform/sign-in/sign-in.js";
import type { Seal } from "#seal/seal.js";
import type { SealedPart } from "#seal/sealed.js";
import { Change } from "#store/change.js";
import type { Changes } from "#store/changes.js";
import { caseId, fill, organisationId, type Boxes } from "../../support/filled-tables.js";

/** The cases of a team, spread over all: the only ones that are in the log, where whoever asks for one is looked for. */
const ofTheTeam = 40;
export const teamCase = (index: number, cases: number): string => caseId(1 + Math.floor(((index % ofTheTeam) * cases) / ofTheTeam));

/** Somebody of the demo, as the api knows her. */
export function actorOf(username: string): Actor {
  const { id, role, shelter } = demoPeople.find((each) => each.username === username)!;
  return { id, role, organisation: demoOrganisation, ...(shelter && { shelter }) };
}

/**
 * Fills the tables of the read side with so many cases, whatever was in them: a third of them her organisation's, forty her team's. The log is
 * told of the team's cases, whose data is really sealed.
 */
export async function seed(client: Client, seal: Seal, changes: Changes, cases: number): Promise<void> {
  const team = Array.from({ length: ofTheTeam }, (_, index) => teamCase(index, cases));
  const parts = await Promise.all(team.map(async (each) => sealed(seal, each, await subjectOf(changes, each))));
  await fill(client, cases, parts[0], cases);
  await client.query("update relation_organisation set holder = $2 where holder = $1", [organisationId(0), demoOrganisation]);
  for (const [index, { identity, contact, account }] of parts.entries()) {
    const id = team[index]!;
    for (const { id: holder } of ["amina", "musa"].map(actorOf))
      await client.query("insert into relation_team (id, record, holder, position) values ($1, $2, $3, 1)", [
        `${id} ${holder}`,
        id,
        holder,
      ]);
    await client.query("update relation_organisation set holder = $2 where record = $1", [id, demoOrganisation]);
    await client.query("update case_person set identity = $2, contact = $3 where id = $1", [
      id,
      JSON.stringify(identity),
      JSON.stringify(contact),
    ]);
    await client.query("update case_screening set account = $2 where id = $1", [id, JSON.stringify(account)]);
  }
  await client.query("vacuum analyze");
}

const opening: OpenCase = { source: "Other", urgency: "Routine", region: "Other", sex: "Unknown", ageBand: "Unknown" };

/** Opens the case as its case manager and takes its lawyer into the team; answers whom its sealed data is about. */
async function subjectOf(changes: Changes, id: string): Promise<string> {
  const [actor, lawyer] = [actorOf("amina"), actorOf("musa")];
  const assigned: AssignWorker = { worker: lawyer.id, role: "CaseWorker" };
  await changes.apply(new Change(caseAggregate, id, openCase, opening, actor, { commandId: randomUUID() }));
  await changes.apply(new Change(caseAggregate, id, assignWorker, assigned, actor, { commandId: randomUUID() }));
  return (await changes.states.current(caseAggregate, id)).state.intake.subject;
}

/** Invented data of a usual size, sealed for the one it is about. */
async function sealed(seal: Seal, id: string, subject: string): Promise<Boxes> {
  const place = { stream: `case-${id}`, event: id, type: "Bench" };
  const personal = {
    identity: { givenName: "Invented", familyName: "Person", birthDate: "2001-01-01" },
    contact: { phone: "+000 000 000 000", safeWayToReach: "Invented way" },
    narrative: { account: "An invented account. ".repeat(20) },
  };
  const boxes = (await seal.seal(place, { [subject]: personal }))[subject]!;
  const part = (name: keyof typeof personal): SealedPart => ({ ...place, subject, class: name, sealed: boxes[name]! });
  return { identity: part("identity"), contact: part("contact"), account: part("narrative") };
}
