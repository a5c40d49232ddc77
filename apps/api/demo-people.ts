import { v5 as uuidv5 } from "uuid";
import type { Actor } from "#kernel/kernel.js";
import type { GivenRole } from "#people/membership/membership.js";
import { inviteMember } from "#people/membership/membership.js";
import { foundOrganisation } from "#people/founding.js";
import { organisations } from "#people/organisations.js";
import { registerStaff } from "#people/staff/staff.js";
import { staffRecords } from "#people/staff/staff-records.js";
import { onboardOrganisation } from "#people/profile/profile.js";
import { demoGovernment, demoOrganisation, demoPeople, type DemoPerson } from "#platform/sign-in/sign-in.js";
import { Change } from "#store/change.js";
import type { Changes } from "#store/changes.js";

const founder = demoPeople.find(({ role }) => role === "platform-administrator")!;
const host: Actor = { id: founder.id, role: founder.role, organisation: demoOrganisation };

/** Registers the demo's invented people with their organisation, once: so histories show who did what by name, as they do for real ones. */
export async function registerDemoPeople(changes: Changes): Promise<void> {
  const apply = (of: Change["of"], id: string, rule: Change["rule"], request: object, also?: object): Promise<unknown> => {
    const commandId = uuidv5(`${of.name} ${id} ${JSON.stringify(request)}`, demoOrganisation);
    return changes.apply(new Change(of, id, rule, request, host, { commandId, purpose: "Administration", ...also }));
  };
  const register = ({ id, username }: DemoPerson) =>
    apply(staffRecords, id, registerStaff, { name: username[0]!.toUpperCase() + username.slice(1), languages: ["sw", "en"] });
  for (const person of demoPeople) await register(person);
  const organisation = { name: "Demo of Hifadhi", types: ["NGO", "InternationalOrganisation"], founder: founder.id };
  await apply(organisations, demoOrganisation, foundOrganisation, organisation);
  await apply(organisations, demoGovernment, onboardOrganisation, {
    name: "Social welfare office of the demo",
    types: ["CentralGovernmentOrganisation"],
  });
  for (const { id, role, shelter, organisation: of = demoOrganisation } of demoPeople.filter((each) => each !== founder)) {
    const post = { staff: id, roles: [role as GivenRole], ...(shelter && { shelter }) };
    await apply(organisations, of, inviteMember, post, {
      also: { registered: { of: staffRecords, id, as: () => true } },
    });
  }
}
