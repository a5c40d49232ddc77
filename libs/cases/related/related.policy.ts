import { ask, policy } from "#projection/declare/policy.js";
import { cases } from "../cases.js";
import { tellRelatedConfirmed, tellRelatedLinked, tellRelatedUnlinked } from "./relating.js";

/** What is told of two cases in one of them is told in the other. */
export const tellTheRelated = policy(cases)("tell-the-related-case", {
  RelatedCaseLinked: ({ streamId, data }) => ask(cases, data.related, tellRelatedLinked, { ...data, related: streamId }),
  RelatedCaseConfirmed: ({ streamId, data }) => ask(cases, data.related, tellRelatedConfirmed, { ...data, related: streamId }),
  RelatedCaseUnlinked: ({ streamId, data }) => ask(cases, data.related, tellRelatedUnlinked, { ...data, related: streamId }),
});
