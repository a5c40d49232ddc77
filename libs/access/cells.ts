import { areas, type Area, type PersonalClass } from "./areas.js";
import { policy, type Cell } from "./policy.js";
import type { Role } from "./roles.js";

type Cells = Readonly<Partial<Record<Role, Cell>>>;

const ofTopics = new Map<string, Cells>();

/** `areaOf("complaint", { supervisor: "write" })`: an area of a topic's own, with who may do what in it. A role that is not named may nothing. */
export function areaOf(name: string, cells: Cells): Area {
  if (ofTopics.has(name) || areas.some((each) => each === name)) throw new Error(`there are two areas ${name}`);
  ofTopics.set(name, cells);
  return name as Area;
}

const ofOneself = new Set<Area>();

/** An area of what nobody does for another, whatever she checks of others' work. */
export const ownAreaOf = (name: string, cells: Cells): Area => {
  const area = areaOf(name, cells);
  ofOneself.add(area);
  return area;
};

/** All of those. */
export const areasOfOneself = (): readonly Area[] => [...ofOneself];

/** The same of a class of personal data that is a topic's own: what somebody may be told of nobody else, such as who has complained of whom. */
export const personalAreaOf = (name: string, cells: Cells): PersonalClass => areaOf(name, cells) as PersonalClass;

/** All areas there are: those of the policy, and those of topics. */
export const allAreas = (): readonly Area[] => [...areas, ...(ofTopics.keys() as Iterable<Area>)];

/** Roles and areas come from outside: only what the policy and the topics themselves hold counts, never what an object inherits. */
export function cellOf(role: string, on: string): Cell | undefined {
  const ofTopic = ofTopics.get(on);
  const cells: Partial<Record<string, Cell>> = ofTopic ?? (Object.hasOwn(policy, role) ? policy[role as Role] : {});
  const name = ofTopic ? role : on;
  return Object.hasOwn(cells, name) ? cells[name] : undefined;
}
