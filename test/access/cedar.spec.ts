import { preparsePolicySet, statefulIsAuthorized, type CedarValueJson } from "@cedar-policy/cedar-wasm/nodejs";
import { allAreas } from "#access/cells.js";
import { allows, related, whoever, type Owner, type Standing } from "#access/decide.js";
import type { Area } from "#access/areas.js";
import { purposes, type Purposes } from "#access/purpose.js";
import { roles } from "#access/roles.js";
import "#domain/domain.js";
import { actsFor, matrix } from "./matrix.js";

// The decision, made once more by another engine, on policies that are written apart from ours: after the domain reference alone.

const policies = `
permit(principal, action == Action::"read", resource) when { context.reads.contains(context.area) };
permit(principal, action == Action::"write", resource) when { context.writes.contains(context.area) };
permit(principal, action == Action::"read", resource) when { context.isOwn && context.readsOwn.contains(context.area) };
permit(principal, action == Action::"write", resource) when { context.isOwn && context.writesOwn.contains(context.area) };
permit(principal, action == Action::"read", resource) when { context.readsGranted.contains(context.area) && context.granted.contains(context.area) };
forbid(principal, action, resource) when { context.isAboutAPerson && !context.opened.contains(context.area) && !context.readsGranted.contains(context.area) };
forbid(principal, action, resource) when { !context.actsFor.containsAny(context.purposes) };
forbid(principal, action, resource) when { context.isWalledOff };
`;
beforeAll(() => expect(preparsePolicySet("policies", { staticPolicies: policies })).toEqual({ type: "success" }));

/** More by `CEDAR_DECISIONS=100000 npm test`. */
const decisions = Number(process.env["CEDAR_DECISIONS"] ?? 20_000);
/** The same at every run (mulberry32). */
let seed = 20_261_127;
function random(): number {
  seed = (seed + 0x6d2b79f5) | 0;
  let value = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
  return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
}
const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

interface Case {
  readonly role: string;
  readonly act: "read" | "write";
  readonly area: Area;
  readonly purposes: Purposes;
  readonly owner: Owner;
  readonly shelter: string | undefined;
  readonly standing: Standing;
}
const areas = allAreas();
const randomCase = (): Case => ({
  role: oneOf([...roles, "stranger"]),
  act: oneOf(["read", "write"]),
  area: oneOf(areas),
  purposes: [oneOf(purposes), ...purposes.filter(() => random() < 0.4)],
  owner: oneOf<Owner>([related, related, related, whoever, { shelter: "here" }, { shelter: "elsewhere" }, {}]),
  shelter: oneOf([undefined, "here"]),
  standing: {
    stands: Array.from({ length: Math.floor(random() * 3) }, (_, index) => ({
      relation: `relation-${index}`,
      closed: random() < 0.5 ? [] : areas.filter(() => random() < 0.3),
      ...(random() < 0.3 && { opens: areas.filter(() => random() < 0.5) }),
    })),
    barred: random() < 0.1,
  },
});

const none = { reads: [], writes: [], readsOwn: [], writesOwn: [], readsGranted: [] };

function byCedar({ role, act, area, purposes: asked, owner, shelter, standing }: Case): boolean {
  const isOwn = typeof owner === "string" || (shelter !== undefined && owner.shelter === shelter);
  const opened = areas.filter((each) => standing.stands.some(({ closed }) => !closed.includes(each)));
  const granted = areas.filter((each) => standing.stands.some(({ opens = [] }) => opens.includes(each)));
  const context = {
    area,
    isOwn,
    isAboutAPerson: owner === related,
    isWalledOff: standing.barred,
    opened,
    granted,
    purposes: asked,
    actsFor: actsFor.get(role) ?? [],
    ...(matrix.get(role) ?? none),
  };
  const answer = statefulIsAuthorized({
    principal: { type: "Person", id: "p" },
    action: { type: "Action", id: act },
    resource: { type: "Record", id: "r" },
    context: context as unknown as Record<string, CedarValueJson>,
    preparsedPolicySetId: "policies",
    entities: [],
  });
  if (answer.type !== "success" || answer.response.diagnostics.errors.length > 0) throw new Error(JSON.stringify(answer));
  return answer.response.decision === "allow";
}

test(`another engine, with the matrix written apart, agrees on ${decisions} decisions`, () => {
  let allowed = 0;
  for (let made = 0; made < decisions; made++) {
    const asked = randomCase();
    const { role, act, area, purposes: forThese, owner, shelter, standing } = asked;
    const ours = allows({ id: "p", role, shelter }, { act, on: area, purposes: forThese }, owner, standing);
    if (ours !== byCedar(asked)) throw new Error(`they differ, ours is ${String(ours)}: ${JSON.stringify(asked)}`);
    if (ours) allowed++;
  }
  // Both answers were there.
  expect(allowed).toBeGreaterThan(decisions / 50);
  expect(allowed).toBeLessThan(decisions / 2);
}, 120_000);

test("every purpose that a role acts for is one of ours, and each is somebody's", () =>
  expect([...new Set([...actsFor.values()].flat())].toSorted()).toEqual([...purposes].toSorted()));

test("every role and every area of the matrix is one of ours", () => {
  expect([...matrix.keys()].filter((role) => !(roles as readonly string[]).includes(role))).toEqual([]);
  const named = [...matrix.values()].flatMap(({ reads, readsOwn, readsGranted }) => [...reads, ...readsOwn, ...readsGranted]);
  expect(named.filter((area) => !(areas as readonly string[]).includes(area))).toEqual([]);
  expect(areas.filter((area) => !named.includes(area))).toEqual([]);
});
