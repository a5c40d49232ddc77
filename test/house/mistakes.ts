import { may, whoever } from "#access/decide.js";
import { change, from } from "#api/changes/changes.js";
import { link } from "#api/reads/links.js";
import { list } from "#api/reads/reads.js";
import { cases } from "#cases/cases.js";
import * as consent from "#cases/consent/consent.js";
import { consentView } from "#cases/consent/consent.view.js";
import { caseView } from "#cases/intake/case.view.js";
import { casePersonView } from "#cases/intake/person.view.js";
import { recordPlacement } from "#cases/placement/placement.js";
import { casePlacementView } from "#cases/placement/placement.view.js";
import { residentOf } from "#domain/resident.topic.js";
import { grant, imports } from "#imports/imports.js";
import { due } from "#projection/declare/due.js";
import { ask, policy } from "#projection/declare/policy.js";
import { relation } from "#projection/declare/relation.js";
import * as capacity from "#shelters/capacity/capacity.js";
import { capacityTopic } from "#shelters/capacity/capacity.topic.js";
import { shelterView } from "#shelters/capacity/shelter.view.js";
import { shelters } from "#shelters/shelters.js";
import * as stays from "#shelters/stays/admission.js";
import { stayView } from "#shelters/stays/stay.view.js";
import { topic, topicsOf } from "#topics/topic.js";

// Mistakes in registering, each of which must not compile: the line after each directive is refused, or the directive itself is.

const resident = from(cases, "caseId", residentOf);
const stay = may("write", "stay");

// 1. What a rule needs of another aggregate is left out, or is something else
// @ts-expect-error admitResident needs `resident`
topic(shelters, { changes: { Accommodation: [change(stays.admitResident, stays.AdmitResident, stay)] } });
// @ts-expect-error an empty one does not help
topic(shelters, { changes: { Accommodation: [change(stays.admitResident, stays.AdmitResident, stay, {})] } });
// @ts-expect-error `served` and more is missing
change(stays.admitResident, stays.AdmitResident, stay, { resident: from(cases, "caseId", () => ({ sex: "Female" as const })) });
// @ts-expect-error shelters have no intake
from(shelters, "caseId", (state) => state.intake);
// @ts-expect-error grantLeave asks for no `house`
change(stays.grantLeave, stays.GrantLeave, stay, { house: resident });

// 2. An id that the request lacks, or that is none
// @ts-expect-error AdmitResident has no `case`
change(stays.admitResident, stays.AdmitResident, stay, { resident: from(cases, "case", residentOf) });
// @ts-expect-error `bed` may be left out
change(stays.admitResident, stays.AdmitResident, stay, { resident: from(cases, "bed", residentOf) });
// @ts-expect-error `voluntary` is a flag
change(stays.admitResident, stays.AdmitResident, stay, { resident: from(cases, "voluntary", residentOf) });

// 3. A rule, a request or an area of something else
// @ts-expect-error vetShelter is no rule of cases
topic(cases, { changes: { CaseManagement: [change(capacity.vetShelter, capacity.VetShelter, may("write", "capacity"))] } });
// @ts-expect-error NarrowConsent asks for more than WithdrawConsent says
change(consent.narrowConsent, consent.WithdrawConsent, may("write", "consent"));
// @ts-expect-error there is no such area
change(consent.refuseConsent, consent.RefuseConsent, may("write", "consents"));

// 4. A list over what is not there, or nothing to narrow or order by
const consents = { name: "consents", permission: may("read", "consent", "ConsentKeeping") } as const;
const ofCases = may("read", "case", "CaseManagement");
const ofStays = may("read", "stay", "Accommodation");
// @ts-expect-error no such column to narrow by
list(consentView, { ...consents, filters: ["caseid"], sorts: ["expiresAt"] });
// @ts-expect-error no such column to order by
list(consentView, { ...consents, filters: [], sorts: ["-expires"] });
// @ts-expect-error a list of codes is nothing to order by
list(consentView, { ...consents, filters: [], sorts: ["recipients"] });
// @ts-expect-error a list is ordered by something
list(consentView, { ...consents, filters: [], sorts: [] });
// @ts-expect-error what is sealed is nothing to narrow by
list(casePersonView, { name: "people", permission: ofCases, filters: ["identity"], sorts: ["id"] });
// @ts-expect-error a code names no row that it could hang below
list(consentView, { ...consents, filters: [], sorts: ["expiresAt"], below: { purpose: () => [caseView] } });
// @ts-expect-error nobody is said to ask for it for anything
list(caseView, { name: "cases", permission: may("read", "case"), filters: [], sorts: ["openedAt"] });
// @ts-expect-error nothing is asked for such a purpose
list(caseView, { name: "cases", permission: may("read", "case", "Curiosity"), filters: [], sorts: ["openedAt"] });
// @ts-expect-error no such column of times
list(stayView, { name: "stays", permission: ofStays, filters: [], days: { admittedOn: "admitted" }, sorts: ["admittedAt"] });

// 5. What a policy asks
policy(shelters)("wrong", {
  // @ts-expect-error `stay` is missing
  ResidentAdmitted: ({ streamId, data: { caseId } }) => ask(cases, caseId, recordPlacement, { shelter: streamId }),
  // @ts-expect-error dischargeResident is no rule of cases
  ResidentDischarged: ({ data: { caseId, stay: id, exitType } }) => ask(cases, caseId, stays.dischargeResident, { stay: id, exitType }),
  // @ts-expect-error a text is no exit type
  BedReserved: ({ streamId, data: { caseId } }) => ask(shelters, streamId, stays.dischargeResident, { stay: caseId, exitType: "Gone" }),
  // @ts-expect-error shelters know no such fact
  ConsentGiven: () => null,
});

// 6. Topics
const whole = { belongsTo: () => whoever as typeof whoever, subject: () => "" };
const granted = { state: "imports", facts: { ImportOpened: "imports", ImportApproved: "imports", ImportEnded: "imports" } } as const;
const bedsOnly = { code: "capacity", registeredAt: "capacity", beds: "capacity", vettings: "capacity" } as const;
// @ts-expect-error of each part of the state it is said who may see it: `subject` is left out
topic(shelters, capacity.capacity, { facts: capacityTopic.facts as never, state: bedsOnly });
// @ts-expect-error and of each fact: `ImportEnded` is left out
topic(imports, grant, { state: "imports", facts: { ImportOpened: "imports", ImportApproved: "imports" } });
// @ts-expect-error and of each field of a fact: `until` is left out
topic(imports, grant, { ...granted, facts: { ...granted.facts, ImportOpened: { importer: "imports" } } });
// @ts-expect-error there is no such area
topic(imports, grant, { ...granted, state: "import" });
// @ts-expect-error nothing is done for such a purpose
topic(imports, { changes: { Curiosity: [] } });
// @ts-expect-error the slice of stays has no topic
topicsOf(shelters, { capacity: capacityTopic }, whole);
// @ts-expect-error the topic of another slice
topicsOf(imports, { grant: capacityTopic }, whole);
// @ts-expect-error a topic that folds nothing is none of a slice
topicsOf(imports, { grant: topic(imports, { views: [] }) }, whole);
// @ts-expect-error imports have no capacity
topicsOf(imports, { grant: topic(imports, grant, granted) }, { ...whole, subject: (state) => state.capacity.subject });

// 7. Sections, and what a row leads to
const nothing = { facts: {}, changes: {} } as const;
// @ts-expect-error a section is a view
topic(cases, { ...nothing, sections: { placement: "case_placement" } });
// @ts-expect-error a placement names no house
link(casePlacementView, "shelter", shelterView, ({ house }) => house);
// @ts-expect-error a place is no id
link(casePlacementView, "shelter", shelterView, ({ current }) => current);

// 8. Dates and relations
// @ts-expect-error cases know no such fact
due(cases)("wrong", { BedReserved: () => null }, ({ id }) => ask(cases, id, consent.expireConsent, { consentId: id }));
// @ts-expect-error `consentId` is missing
due(cases)("wrong", {}, ({ id }) => ask(cases, id, consent.expireConsent, {}));
// @ts-expect-error a case has no such part
relation(cases)("wrong", { as: ({ id }) => [id], holds: ({ nobody }) => nobody, told: {} });
// @ts-expect-error there is no such area
relation(cases)("wrong", { as: ({ id }) => [id], holds: () => true, opens: () => ["everything"], told: {} });
