import { aggregate, slice, type Rule } from "#kernel/kernel.js";

// Whether somebody may look into cases in an emergency is kept apart from the cases: what was not reviewed in one closes them all to her.

export type EmergencyRightFact =
  { type: "EmergencyRightSuspended"; data: { access: string } } | { type: "EmergencyRightRestored"; data: { access: string } };

/** Accesses that nobody has reviewed in time: while there is one, the right rests. */
export const unreviewed = slice<EmergencyRightFact>()<readonly string[]>([], {
  EmergencyRightSuspended: (state, { access }) => [...state, access],
  EmergencyRightRestored: (state, { access }) => state.filter((each) => each !== access),
});

/** One person's right: stream `emergency-<uuid>`, which follows from her id. */
export const emergencyRights = aggregate("emergency", { unreviewed });

type State = { unreviewed: readonly string[] };

export const suspendEmergencyRight: Rule<State, { access: string }, EmergencyRightFact> = ({ unreviewed: all }, { access }) =>
  all.includes(access) ? [] : [{ type: "EmergencyRightSuspended", data: { access } }];
export const restoreEmergencyRight: Rule<State, { access: string }, EmergencyRightFact> = ({ unreviewed: all }, { access }) =>
  all.includes(access) ? [{ type: "EmergencyRightRestored", data: { access } }] : [];
