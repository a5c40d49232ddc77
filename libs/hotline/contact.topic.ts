import { may, related } from "#access/decide.js";
import { change, creation, type AlsoOf } from "#api/changes/changes.js";
import { live } from "#api/live/live.js";
import { list, one } from "#api/reads/reads.js";
import { topic, topicsOf } from "#topics/topic.js";
import * as answering from "./answering.js";
import { hotlineAccountArea, hotlineArea, hotlineLinkArea } from "./areas.js";
import { contact } from "./contact.js";
import { ofTheirHotline, whoLinkedIt } from "./contact.relation.js";
import { hotlineContactView } from "./contact.view.js";
import { hotlineContacts } from "./hotline-contacts.js";
import { hotlineVocabularies } from "./labels.js";

/** What the hotline needs to know of others: of the case that a contact becomes. */
export interface HotlineNeeds {
  readonly linked: AlsoOf<"caseId", answering.LinkedCase>;
}

const write = may("write", hotlineArea);
const read = may("read", hotlineArea, "FirstContact", "Oversight");

const contactTopicWith = ({ linked }: HotlineNeeds) =>
  topic(hotlineContacts, contact, {
    state: {
      subject: hotlineAccountArea,
      receivedAt: hotlineArea,
      organisation: hotlineArea,
      callBackIsSafe: hotlineArea,
      callBackHours: hotlineArea,
      advice: hotlineArea,
      referredTo: hotlineArea,
      caseId: hotlineLinkArea,
      linkedBy: hotlineLinkArea,
    },
    facts: {
      HotlineContactRecorded: {
        subject: hotlineAccountArea,
        channel: hotlineArea,
        language: hotlineArea,
        topics: hotlineArea,
        caller: hotlineArea,
        callBackIsSafe: hotlineArea,
        callBackHours: hotlineArea,
      },
      HotlineAdviceGiven: hotlineArea,
      HotlineCallerReferred: hotlineArea,
      HotlineCallerCalledBack: hotlineArea,
      ContactLinkedToCase: hotlineLinkArea,
    },
    changes: {
      FirstContact: [
        creation(answering.recordHotlineContact, answering.RecordHotlineContact, write),
        change(answering.giveHotlineAdvice, answering.GiveHotlineAdvice, write),
        change(answering.referHotlineCaller, answering.ReferHotlineCaller, write),
        change(answering.callBackHotlineCaller, answering.CallBackHotlineCaller, write),
        change(answering.linkHotlineContactToCase, answering.LinkHotlineContactToCase, write, { linked }),
      ],
    },
    views: [hotlineContactView],
    lists: [
      list(hotlineContactView, {
        name: "hotlineContacts",
        permission: read,
        filters: ["channel", "topics", "becameCase"],
        days: { receivedOn: "receivedAt" },
        sorts: ["-receivedAt", "receivedAt"],
      }),
    ],
    reads: (about) => [
      one(about, hotlineContactView, { name: "hotlineContact", path: "hotline-contacts", permission: read }),
      live(about, hotlineContactView, { name: "hotlineContactLive", path: "hotline-contacts", permission: read }),
    ],
    relations: [ofTheirHotline, whoLinkedIt],
    vocabularies: hotlineVocabularies,
  });

/** Who called, and what she was told: for whoever answers the hotline of that organisation, and its supervisors. */
export const hotlineTopicsWith = (needs: HotlineNeeds) =>
  topicsOf(
    hotlineContacts,
    { contact: contactTopicWith(needs) },
    {
      belongsTo: () => related,
      subject: (state) => state.contact.subject,
      history: read,
      access: may("read", "access", "Oversight"),
    },
  );
