import { cases } from "#cases/cases.js";
import { standingConsents } from "#cases/consent/consents.js";
import { giveConsent, narrowConsent, withdrawConsent } from "#cases/consent/consent.js";
import { openCase } from "#cases/intake/intake.js";
import { endPlacement, recordPlacement } from "#cases/placement/placement.js";
import { fold } from "#kernel/given.js";
import { decide, Refusal, type Aggregate, type Fact, type Instant, type Rule } from "#kernel/kernel.js";
import { foldFacts } from "#projection/run/fold.js";
import type { View } from "#projection/declare/view.js";
import { capacityView } from "#shelters/capacity/capacity.view.js";
import { changeCapacity, registerShelter } from "#shelters/capacity/capacity.js";
import { admitResident, dischargeResident, moveResident } from "#shelters/stays/admission.js";
import { stayView } from "#shelters/stays/stay.view.js";
import { bedOf, stayAt } from "#shelters/stays/stays.js";
import { residentOf } from "#domain/resident.topic.js";
import { shelters } from "#shelters/shelters.js";
import type { StoredFact } from "#store/stored.js";
import { metadata } from "../support/metadata.js";
import { people, requestOf, step, type Told } from "./story.js";

type State<A> = A extends Aggregate<infer S, any> ? S : never;
interface Happened {
  readonly fact: Fact;
  readonly at: Instant;
}

const begin = Date.parse("2026-02-28T18:00:00.000Z");
const expiresAt = "2027-03-01T00:00:00.000Z";
const now = new Date(begin + 100 * step).toISOString();
const zone = "Africa/Dar_es_Salaam";
const timeOf = (steps: number): Instant => new Date(begin + steps * step).toISOString();
/** Every time at which something may have happened, and between. */
const moments = Array.from({ length: 64 }, (_, index) => timeOf(index));

const rules: Record<Told["what"], Rule<any, any, any>> = {
  capacity: changeCapacity,
  admit: admitResident,
  move: moveResident,
  discharge: dischargeResident,
  give: giveConsent,
  narrow: narrowConsent,
  withdraw: withdrawConsent,
};

/** A house and the people who come to it, as the rules and the policies of the application make them from what is told. */
export class World {
  readonly house: Happened[] = [];
  readonly cases: Happened[][] = people.map(() => []);
  #ids = 0;

  constructor() {
    this.#add(shelters, this.house, registerShelter, {}, { code: "KIG-1", region: "Kigoma", address: "Invented street 1" }, timeOf(-1));
    for (const facts of this.cases) {
      const request = { source: "Police", urgency: "Immediate", region: "Kigoma", sex: "Female", ageBand: "21-29" };
      this.#add(cases, facts, openCase as Rule<any, any, any>, {}, request, timeOf(-1));
    }
  }

  /** False: it is refused as things stand, or so already, and nothing is kept of it. */
  tell(told: Told): boolean {
    const at = timeOf(told.step);
    const person = "person" in told ? told.person : 0;
    const state = this.#case(person);
    const ids = {
      caseId: String(person),
      expiresAt,
      stay: "stay" in told ? told.stay : "",
      consent: "consent" in told ? `${person} ${told.consent}` : "",
    };
    // A move is of the stay in which she then was: it is told when that stay is.
    if (told.what === "move" && stayAt(this.#shelter().stays, String(person), at)?.stay !== told.stay) return false;
    try {
      if (told.what === "give" || told.what === "narrow" || told.what === "withdraw")
        return this.#add(cases, this.cases[person]!, rules[told.what], {}, requestOf(told, ids), at, ids.consent).length > 0;
      const also = { resident: residentOf(state, { at, now, zone }) };
      const facts = this.#add(shelters, this.house, rules[told.what], also, requestOf(told, ids), at, ids.stay);
      for (const fact of facts) this.#tellTheCase(fact, at);
      return facts.length > 0;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  /** Who slept in which bed, and which consents stood, at every moment; and the nights as the views tell them. */
  get outcome() {
    const { stays } = this.#shelter();
    const named = people.map((person) => ({
      beds: moments.map((moment) => {
        const stay = stayAt(stays, String(person), moment);
        return stay ? bedOf(stay, moment) : null;
      }),
      consents: moments.map((moment) =>
        standingConsents(this.#case(person).consents, moment)
          .map(({ id, recipients }) => `${id} ${recipients.join()}`)
          .toSorted(),
      ),
      isHere: this.#case(person).placement.current !== null,
    }));
    const rows = (view: View<any, any>) =>
      [...foldFacts(view, this.#stored(), new Map()).changed.values()].flatMap(({ row }) => (row ? [row as any] : []));
    const current = rows(stayView).map(({ caseId, bed, admittedAt, dischargedAt, beds }) => ({
      caseId,
      bed,
      admittedAt,
      dischargedAt,
      beds: beds.map((each: { at: string; bed: string }) => [each.at, each.bed]),
    }));
    const capacities = rows(capacityView).map(({ since, beds, kinds }) => ({ since, beds, kinds }));
    const sorted = (all: object[]) => all.map((each) => JSON.stringify(each)).toSorted();
    return { named, current: sorted(current), capacities: sorted(capacities) };
  }

  #shelter = (): State<typeof shelters> => fold(shelters, this.house as never);
  #case = (person: number): State<typeof cases> => fold(cases, this.cases[person] as never);

  #add(
    of: Aggregate<any, any>,
    facts: Happened[],
    rule: Rule<any, any, any>,
    also: object,
    request: object,
    at: Instant,
    id?: string,
  ): Fact[] {
    const context = { at, now, zone, actor: { id: "amina", role: "shelter-case-manager" }, newId: () => id ?? `id-${++this.#ids}` };
    const added = decide(of, rule, { ...fold(of, facts as never), ...also }, request, context) as Fact[];
    facts.push(...added.map((fact) => ({ fact, at })));
    return added;
  }

  /** As the policy does. */
  #tellTheCase({ type, data }: Fact, at: Instant): void {
    const { caseId, stay, exitType } = data as { caseId?: string; stay: string; exitType: string };
    const where = { shelter: "house", stay, exitType };
    const rule = { ResidentAdmitted: recordPlacement, ResidentDischarged: endPlacement }[type as "ResidentAdmitted"] as Rule<any, any, any>;
    if (rule) this.#add(cases, this.cases[Number(caseId)]!, rule, {}, where, at);
  }

  #stored(): StoredFact[] {
    return this.house.map(({ fact, at }, index) => {
      const position = { commit: BigInt(index), prepare: BigInt(index) };
      const place = { stream: "shelter-1", revision: BigInt(index), position, id: `fact ${index}`, recordedAt: now };
      return { ...place, type: fact.type, data: fact.data, metadata: { ...metadata, at } } as unknown as StoredFact;
    });
  }
}
