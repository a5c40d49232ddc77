import { may } from "#access/decide.js";
import { topicsOf } from "#topics/topic.js";
import { capacityTopic } from "./capacity/capacity.topic.js";
import { shelters } from "./shelters.js";
import { stayTopicWith, type ShelterNeeds } from "./stays/stays.topic.js";

/** Everything about a shelter, which is its own staff's. */
export const shelterTopicsWith = (needs: ShelterNeeds) =>
  topicsOf(
    shelters,
    { capacity: capacityTopic, stays: stayTopicWith(needs) },
    {
      belongsTo: (shelter) => ({ shelter }),
      subject: ({ capacity }) => capacity.subject,
      history: may("read", "history", "ShelterManagement", "Accommodation", "Oversight"),
      access: may("read", "access", "Oversight"),
    },
  );
