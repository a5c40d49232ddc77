import type { Fact, Happened } from "#kernel/kernel.js";
import { cases } from "../cases.js";
import { consents, type Consents } from "../consent/consents.js";
import { safeContact } from "../safe-contact/safe-contact.js";
import { contactSources, type ContactSource } from "../vocabulary.js";
import { known } from "./identity.js";
import { intake } from "./intake.js";
import { minimumItems, type MinimumItem } from "./vocabulary.js";

/** As much of a case as tells what is missing in it. */
export type Minimum = Pick<typeof cases.initial, "intake" | "known" | "consents" | "safeContact">;

/** Sources that are organisations: somebody there waits for an answer, and can be asked. */
const organisations: readonly ContactSource[] = contactSources.filter((each) => !["Community", "Self", "Other"].includes(each));

/** Was she asked for an interview, and does she allow it by all that was told? Whoever said no is not asked again for what only she can tell. */
const interview = ({ given, refused }: Consents) => {
  const asked = given.filter(({ purpose }) => purpose === "Interview");
  return {
    wasAsked: asked.length > 0 || refused.some(({ purpose }) => purpose === "Interview"),
    isAllowed: asked.some(({ withdrawnAt }) => withdrawnAt === null),
  };
};

/** What of the minimum is not known, by its codes: what is not asked of her is not missing. */
export function missing({ intake, known, consents, safeContact }: Minimum): MinimumItem[] {
  const { wasAsked, isAllowed } = interview(consents);
  const mayBeAsked = isAllowed || !wasAsked;
  const age = intake.assessments.at(-1);
  const is: Readonly<Record<MinimumItem, boolean>> = {
    Sex: intake.sex === "Unknown",
    Age: age ? age.method === "Questioned" : intake.ageBand === "Unknown",
    Language: intake.language === null,
    District: intake.district === null && intake.region !== "Other",
    ReferringOrganisation: intake.referringOrganisation === null && intake.source !== null && organisations.includes(intake.source),
    ConsentToInterview: !wasAsked,
    Identity: !known.identity && mayBeAsked,
    Citizenship: !known.citizenship && mayBeAsked,
    SafeContact: safeContact.agreed.length === 0 && mayBeAsked,
  };
  return minimumItems.filter((each) => is[each]);
}

/** The types of fact that may tell something of it. */
export const tellingOfMinimum: readonly string[] = [intake, known, consents, safeContact].flatMap(({ evolve }) => Object.keys(evolve));

/** No more of her consents than this asks of: it is kept beside a row, and is no second register. */
const ofInterviews = ({ given, refused }: Consents): Consents => ({
  given: given.filter(({ purpose }) => purpose === "Interview"),
  refused: refused.filter(({ purpose }) => purpose === "Interview").slice(0, 1),
  emergencies: [],
});

/** The same after one more fact. */
export function minimumAfter(before: Minimum | null, { type, data }: Pick<Fact, "type" | "data">, happened: Happened): Minimum {
  const { intake, known, consents, safeContact } = cases.apply({ ...cases.initial, ...before }, { type, data } as never, happened);
  return { intake, known, consents: ofInterviews(consents), safeContact };
}
