/** What the other is to her. */
export const relations = [
  "Sibling",
  "Spouse",
  "Parent",
  "Child",
  "AccompanyingChild",
  "AccompanyingAdult",
  "OtherFamily",
  "Household",
] as const;
export type Relation = (typeof relations)[number];
export const unlinkReasons = ["NotRelated", "WrongCase", "WrongRelation", "NoLongerSo"] as const;
export type UnlinkReason = (typeof unlinkReasons)[number];
