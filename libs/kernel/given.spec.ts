import { exampleContext, given } from "./given.js";
import { aggregate, require, slice, type Rule } from "./kernel.js";

type DoorFact = { type: "DoorOpened"; data: { by: string; id?: string } } | { type: "DoorShut"; data: object };
interface Door {
  readonly open: boolean;
  readonly since: string | null;
}
const door = slice<DoorFact>()<Door>(
  { open: false, since: null },
  { DoorOpened: (_, __, { at: since }) => ({ open: true, since }), DoorShut: () => ({ open: false, since: null }) },
);
const house = aggregate("house", { door });
const opened: DoorFact = { type: "DoorOpened", data: { by: "amina" } };

const openDoor: Rule<{ door: Door; night?: boolean }, { twice?: boolean }, DoorFact> = (
  { door: { open }, night },
  { twice },
  { actor },
) => {
  if (open) return [];
  require(!night, "DoorLockedAtNight");
  return Array.from({ length: twice ? 2 : 1 }, () => ({ type: "DoorOpened", data: { by: actor.id } }));
};
const fails: Rule<{ door: Door }, object, DoorFact> = () => {
  throw new TypeError("an invented mistake");
};
/** An example of an example: it must not pass. */
const wrong = (example: () => void) => expect(example).toThrow();

test("an example passes when the rule answers what it says", () => given(house).when(openDoor, {}).then(opened));
test("an example fails when the rule answers something else, more, or less", () => {
  wrong(() => given(house).when(openDoor, {}).then({ type: "DoorShut", data: {} }));
  wrong(() => given(house).when(openDoor, {}).then());
  wrong(() => given(house).when(openDoor, {}).then(opened, opened));
  wrong(() => given(house).when(openDoor, { twice: true }).then(opened));
});
test("what happened before is folded first", () => {
  given(house, opened).when(openDoor, {}).then();
  given(house, opened, { type: "DoorShut", data: {} }).when(openDoor, {}).then(opened);
  wrong(() => given(house, opened).when(openDoor, {}).then(opened));
});
test("what happened before happened at the time of the example", () => {
  const tells: Rule<{ door: Door }, object, DoorFact> = ({ door: { since } }) => [{ type: "DoorOpened", data: { by: String(since) } }];
  given(house, opened)
    .when(tells, {}, { now: "2026-03-01T00:00:00.000Z" })
    .then({ type: "DoorOpened", data: { by: "2026-03-01T00:00:00.000Z" } });
});
test("who asks is said in the example, or is a worker of the shelter", () => {
  given(house)
    .when(openDoor, {}, { actor: { id: "neema", role: "supervisor" } })
    .then({ type: "DoorOpened", data: { by: "neema" } });
  expect(exampleContext().actor).toEqual({ id: "amina", role: "shelter-case-manager" });
});
test("what other aggregates tell stands beside the state", () => {
  given(house)
    .when(openDoor, {}, { also: { night: true } })
    .refused("DoorLockedAtNight");
  given(house)
    .when(openDoor, {}, { also: { night: false } })
    .then(opened);
});
test("a refusal is named; another one, none at all, or a mistake in the rule fails the example", () => {
  given(house)
    .when(openDoor, {}, { also: { night: true } })
    .refused("DoorLockedAtNight");
  wrong(() =>
    given(house)
      .when(openDoor, {}, { also: { night: true } })
      .refused("DoorBroken"),
  );
  wrong(() => given(house).when(openDoor, {}).refused("DoorLockedAtNight"));
  wrong(() => given(house).when(openDoor, {}).refused(""));
  expect(() => given(house).when(fails, {}).refused("DoorLockedAtNight")).toThrow("an invented mistake");
});
test("a field that is not said is the same as none, as it is once it is stored", () =>
  given(house)
    .when(openDoor, {})
    .then({ type: "DoorOpened", data: { by: "amina", id: undefined as never } }));
test("ids are counted, and both times are the example's, unless it says otherwise", () => {
  const { newId, at, now } = exampleContext();
  expect([newId(), newId(), at, now]).toEqual(["id-1", "id-2", "2026-01-10T08:00:00.000Z", "2026-01-10T08:00:00.000Z"]);
  expect(exampleContext({ now: "2026-02-01T00:00:00.000Z" }).at).toBe("2026-02-01T00:00:00.000Z");
  expect(exampleContext({ at: "2026-01-01T00:00:00.000Z" })).toMatchObject({ at: "2026-01-01T00:00:00.000Z", now });
});
