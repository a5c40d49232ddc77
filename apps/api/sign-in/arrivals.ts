import { v4 as uuidv4 } from "uuid";
import { foundOrganisation } from "#people/founding.js";
import { organisations } from "#people/organisations.js";
import { joinSignIn, linkLifetime, registerStaff } from "#people/staff/staff.js";
import { staffRecords } from "#people/staff/staff-records.js";
import type { Actor } from "#kernel/kernel.js";
import { UsernameTaken, type Accounts, type SignInLink } from "#platform/sign-in/accounts.js";
import { hashPassword, passwordFault } from "#platform/sign-in/passwords.js";
import { Change } from "#store/change.js";
import type { Changes } from "#store/changes.js";
import type { Directory } from "../directory.js";

/** What somebody says who holds a one-time link. */
export interface Arrival {
  readonly username: string;
  readonly password: string;
  readonly again: string;
  /** Of the first organisation, and of its first administrator. */
  readonly organisation: string;
  readonly name: string;
}

const usernames = /^[\p{L}\p{N}._@-]{3,60}$/u;
const organisationNames = /^[\p{L}\d][\p{L}\d .,'()&/-]{1,119}$/u;

/** How somebody comes to sign in here for the first time, or anew: by a link that is used once. */
export class Arrivals {
  constructor(
    readonly accounts: Accounts,
    private readonly directory: Pick<Directory, "isEmpty">,
    private readonly changes: () => Changes,
  ) {}

  /** The link by which the first organisation is founded; null: one has been. */
  async foundingLink(): Promise<string | null> {
    if (!(await this.directory.isEmpty())) return null;
    return this.accounts.newLink({ kind: "found", staff: null }, new Date(Date.now() + linkLifetime));
  }

  /** A name and a password for whoever holds the link, and of the first one the organisation. Answers what is wrong; null: it is done. */
  async arrive(secret: string, arrival: Arrival): Promise<string | null> {
    const link = await this.accounts.link(secret);
    if (!link || (await this.#isTooLate(link))) return "LinkUsed";
    const fault = await faultOf(link, arrival);
    if (fault) return fault;
    const password = await hashPassword(arrival.password);
    // Of two who hold the same link, one gets it.
    const used = await this.accounts.useLink(secret);
    if (!used) return "LinkUsed";
    try {
      await (used.kind === "found" ? this.#found(arrival, password) : this.accounts.keep(used.staff!, arrival.username, password));
      return null;
    } catch (error) {
      await this.#giveBack(secret, used);
      if (!(error instanceof UsernameTaken)) throw error;
      return "UsernameTaken";
    }
  }

  /** Whoever another issuer has signed in, and who holds a link, is from now on whom the link is for. Answers whether the link counted. */
  async join(
    secret: string,
    { issuer, subject }: { issuer: string; subject: string },
    first?: Pick<Arrival, "organisation" | "name">,
  ): Promise<boolean> {
    const link = await this.accounts.link(secret);
    if (!link || (await this.#isTooLate(link)) || (link.kind === "found" && (!first || foundingFault(first)))) return false;
    const used = await this.accounts.useLink(secret);
    if (!used) return false;
    try {
      const joinAs = (staff: string) =>
        this.#change(staffRecords, staff, joinSignIn, { issuer, subject }, { id: staff, role: "platform-administrator" });
      // Before the organisation stands it is known who signs in as its administrator: otherwise nobody could.
      await (used.kind === "found" ? this.#begin(first!, uuidv4(), joinAs) : joinAs(used.staff!));
      return true;
    } catch (error) {
      await this.#giveBack(secret, used);
      throw error;
    }
  }

  /** A link that was used for nothing can be used again: a part that was away must not cost anybody her invitation. */
  #giveBack(secret: string, link: SignInLink): Promise<void> {
    return this.accounts.restoreLink(secret, link, new Date(Date.now() + linkLifetime));
  }

  /** There is one first organisation. */
  async #isTooLate({ kind }: SignInLink): Promise<boolean> {
    return kind === "found" && !(await this.directory.isEmpty());
  }

  async #found(arrival: Arrival, password: string): Promise<void> {
    const staff = uuidv4();
    await this.accounts.keep(staff, arrival.username, password);
    await this.#begin(arrival, staff);
  }

  /** The first organisation, and its first administrator by name. `registered`: what is done before the organisation stands. */
  async #begin(
    { organisation: name, name: own }: Pick<Arrival, "organisation" | "name">,
    staff: string,
    registered: (staff: string) => Promise<void> = async () => undefined,
  ): Promise<void> {
    const organisation = uuidv4();
    const actor = { id: staff, role: "platform-administrator", organisation };
    await this.#change(staffRecords, staff, registerStaff, { name: own, languages: [] }, actor);
    await registered(staff);
    await this.#change(organisations, organisation, foundOrganisation, { name, types: ["NGO"], founder: staff }, actor);
  }

  async #change(of: Change["of"], id: string, rule: Change["rule"], request: object, actor: Actor): Promise<void> {
    await this.changes().apply(new Change(of, id, rule, request, actor, { commandId: uuidv4(), purpose: "Administration" }));
  }
}

const foundingFault = ({ organisation, name }: Pick<Arrival, "organisation" | "name">): boolean =>
  !organisationNames.test(organisation) || name.trim() === "" || name.length > 120;

async function faultOf({ kind }: SignInLink, arrival: Arrival): Promise<string | null> {
  if (kind === "found" && foundingFault(arrival)) return "FieldMissing";
  if (!usernames.test(arrival.username)) return "UsernameInvalid";
  if (arrival.password !== arrival.again) return "PasswordsDiffer";
  return passwordFault(arrival.password, arrival.username);
}
