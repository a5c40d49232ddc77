import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { Pool } from "pg";
import { cases } from "#cases/cases.js";
import { aggregate, slice, type Rule } from "#kernel/kernel.js";
import { demoOrganisation, demoPeople } from "#platform/sign-in/sign-in.js";
import { listParked } from "#projection/park/dead-letters.js";
import type { Policy } from "#projection/declare/policy.js";
import { runPolicies } from "#projection/run/policy-runner.js";
import { PostgresPolicyStore } from "#projection/run/policy-store.js";
import { ReadableAgain } from "#projection/park/readable-again.js";
import type { View } from "#projection/declare/view.js";
import { keyFromFile } from "#seal/key-encryption-key.js";
import { openSeal } from "#seal/seal.js";
import { capacity, changeCapacity, registerShelter } from "#shelters/capacity/capacity.js";
import { shelters } from "#shelters/shelters.js";
import { residentOf } from "#domain/resident.topic.js";
import { admitResident } from "#shelters/stays/admission.js";
import { stays } from "#shelters/stays/stays.js";
import { Change } from "#store/change.js";
import { Changes } from "#store/changes.js";
import { EventLog } from "#store/event-log.js";
import { policies, views } from "#domain/domain.js";
import { eventually } from "../journeys/journey.js";
import type { System } from "../support/system.js";

/** A fact that only the newer program knows. */
type HouseInspected = { type: "HouseInspected"; data: { passed: boolean } };
const inspections = slice<HouseInspected>()<object>({}, { HouseInspected: (state) => state });
const inspectHouse: Rule<unknown, { passed: boolean }, HouseInspected> = (_, { passed }) => [{ type: "HouseInspected", data: { passed } }];
const newerShelters = aggregate("shelter", { capacity, stays, inspections }, ({ capacity: { registeredAt } }) => registeredAt);

/** What the newer program calls otherwise, and asks for with more words. */
const renamed = (policy: Policy<any>): Policy<any> => ({
  ...policy,
  of: policy.of === shelters ? newerShelters : policy.of,
  when: Object.fromEntries(
    Object.entries(policy.when as Record<string, (fact: unknown) => { rule: Rule<any, any, any>; request: object } | null>).map(
      ([type, asks]) => [
        type,
        (fact: unknown) => {
          const asked = asks(fact);
          const rule: Rule<any, any, any> = (...given) => asked!.rule(...given);
          return asked && { ...asked, rule, request: { ...asked.request, tone: "other" } };
        },
      ],
    ),
  ) as never,
});
const newerPolicies = policies.map(renamed);

/** Every view, as the newer program has it. */
export const newerViews = views.map((view) => (view.of === shelters ? ({ ...view, of: newerShelters } as unknown as View) : view));

/** A program of the next version, beside those that run: it tells what they do not know, and its policies are called otherwise. */
export class NewerProgram {
  private constructor(
    readonly log: EventLog,
    readonly pool: Pool,
    readonly changes: Changes,
    readonly end: () => Promise<unknown>,
  ) {}

  static async begin({ environment }: System): Promise<NewerProgram> {
    const { EVENTSTORE_URL, DATABASE_URL, KEYRING_URL, KEY_FILE } = environment;
    const seal = await openSeal({ keyringUrl: KEYRING_URL!, key: await keyFromFile(KEY_FILE!) });
    const log = new EventLog(EVENTSTORE_URL!, { marker: seal });
    const pool = new Pool({ connectionString: DATABASE_URL! });
    pool.on("error", () => undefined);
    return new NewerProgram(log, pool, new Changes(log, seal), () => Promise.all([log.close(), pool.end(), seal.close()]));
  }

  /** Opens a house and tells of it what the others cannot read: from here on its stream waits with them. Answers its id. */
  async open(beds: readonly object[]): Promise<string> {
    const shelter = randomUUID();
    await this.#apply(shelter, registerShelter, { code: "KAG-1", region: "Kagera", address: "Invented street 2" });
    await this.#apply(shelter, changeCapacity, { beds });
    await this.#apply(shelter, inspectHouse, { passed: true });
    return shelter;
  }

  async admit(shelter: string, caseId: string): Promise<void> {
    await this.#apply(shelter, admitResident, { caseId, voluntary: true, houseRulesExplained: true }, caseId);
  }

  async #apply(shelter: string, rule: Rule<any, any, any>, request: object, resident?: string): Promise<void> {
    const { id, role } = demoPeople.find(({ username }) => username === "baraka")!;
    const also = resident === undefined ? {} : { also: { resident: { of: cases, id: resident, as: residentOf } } };
    const actor = { id, role, organisation: demoOrganisation, shelter };
    await this.changes.apply(new Change(newerShelters, shelter, rule, request, actor, { commandId: randomUUID(), ...also }));
  }

  /** All facts come to all policies once more, by their new names, while the other programs want to follow them as well. */
  async redeliver(milliseconds: number): Promise<void> {
    await this.pool.query(
      "update projection_checkpoint set commit_position = null, prepare_position = null, epoch = epoch + 1 where name like 'policy:%'",
    );
    const stop = new AbortController();
    const observer = { applied: () => undefined, interrupted: () => undefined };
    const [store, { log, changes }] = [new PostgresPolicyStore(this.pool), this];
    const running = runPolicies({ log, changes, store, policies: newerPolicies, observer }, stop.signal);
    await pause(milliseconds);
    stop.abort();
    await running;
  }

  /** Waits until so many facts of the house wait in a policy of the older programs, and some in views. */
  async isParked(shelter: string, facts: number): Promise<void> {
    await eventually(
      async () => (await listParked(this.pool)).filter(({ stream }) => stream === `shelter-${shelter}`),
      (parked) => parked.some((each) => each.view.startsWith("policy:") && each.facts === facts) && parked.length > 1,
      40,
    );
  }

  /** The upgrade is done: what waited is taken. */
  async takeAll(): Promise<void> {
    const { log, pool, changes } = this;
    const given = { log, pool, changes, views: newerViews, policies: newerPolicies, interrupted: () => undefined };
    await eventually(
      async () => {
        await new ReadableAgain(given).take();
        return listParked(pool);
      },
      ({ length }) => length === 0,
      40,
    );
  }
}
