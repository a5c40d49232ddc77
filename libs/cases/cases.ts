import { aggregate } from "#kernel/kernel.js";
import { assessments } from "./assessment/assessments.js";
import { breakGlass } from "./break-glass/break-glass.js";
import { closure } from "./closure/closure.js";
import { corrections } from "./corrections/corrections.js";
import { consents } from "./consent/consents.js";
import { documents } from "./documents/documents.js";
import { known } from "./intake/identity.js";
import { intake } from "./intake/intake.js";
import { notes } from "./notes/notes.js";
import { placement } from "./placement/placement.js";
import { plan } from "./plan/plan.js";
import { reflection } from "./reflection/reflection.js";
import { relatedCases } from "./related/related.js";
import { reservations } from "./placement/reservations.js";
import { safeContact } from "./safe-contact/safe-contact.js";
import { safety } from "./safety/safety.js";
import { screening } from "./screening/screening.js";
import { team } from "./team/team.js";
import { services } from "./services/services.js";
import { walls } from "./team/walls.js";
import { warrants } from "./warrant/warrant.js";

/** One survivor's case: stream `case-<uuid>`. A new topic is a line here. */
export const cases = aggregate(
  "case",
  {
    intake,
    known,
    screening,
    consents,
    closure,
    placement,
    reservations,
    team,
    walls,
    breakGlass,
    warrants,
    services,
    plan,
    safety,
    safeContact,
    notes,
    corrections,
    reflection,
    relatedCases,
    assessments,
    documents,
  },
  ({ intake: { openedAt } }) => openedAt,
);
