import { may, related } from "#access/decide.js";
import { topicsOf } from "#topics/topic.js";
import { directoryArea, staffArea } from "./areas.js";
import { membershipTopic } from "./membership/membership.topic.js";
import { organisations } from "./organisations.js";
import { profileTopic } from "./profile/profile.topic.js";
import { protocolsTopic } from "./protocols/protocols.topic.js";
import { staffRecords } from "./staff/staff-records.js";
import { staffTopic } from "./staff/staff.topic.js";

/** Organisations and their people. Anybody finds one in the directory; who works there is for its own, and for who took it in. */
export const organisationTopics = topicsOf(
  organisations,
  { profile: profileTopic, members: membershipTopic, protocols: protocolsTopic },
  { belongsTo: () => related, subject: () => "", history: may("read", directoryArea, "Administration", "Oversight") },
);

/** Somebody who works here: for herself, for whoever registered her, and for her colleagues. */
export const staffTopics = topicsOf(
  staffRecords,
  { staff: staffTopic },
  {
    belongsTo: () => related,
    subject: ({ staff }) => staff.subject,
    history: may("read", staffArea, "Administration", "Oversight"),
    access: may("read", "access", "Oversight"),
  },
);
