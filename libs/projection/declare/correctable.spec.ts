import { aggregate, slice } from "#kernel/kernel.js";
import { Key, ViewOf } from "./columns.js";
import { requireCorrectable } from "./correctable.js";
import { policy, type Policies } from "./policy.js";
import { view, type View } from "./view.js";

type ToldFact = { type: "Told"; data: { by: string } };
const told = (corrections: object) => aggregate("story", { told: slice<ToldFact>()({}, { Told: (state) => state }, {}, corrections) });
@ViewOf("Teller")
class Teller {
  @Key() id!: string;
}
const over = (of: ReturnType<typeof told>, routeBy?: (fact: { data: { by: string } }) => string) =>
  view(of)(Teller, {
    version: 1,
    key: ({ data }) => data.by,
    ...(routeBy && { routeBy }),
    project: { Told: (_, { data }) => ({ id: data.by }) },
  }) as View<any, any>;
const hears = (of: ReturnType<typeof told>): Policies => [policy(of)("hears", { Told: () => null }) as Policies[number]];
const [may, mayNot] = [told({ Told: [] }), told({})];

test("a fact may be marked as a mistake where the rows of its own stream alone tell of it", () => {
  expect(() => requireCorrectable([over(may)], [])).not.toThrow();
  expect(() => requireCorrectable([over(mayNot, ({ data }) => data.by)], hears(mayNot))).not.toThrow();
});
test("not where a row gathers it with what other streams tell", () =>
  expect(() => requireCorrectable([over(may, ({ data }) => data.by)], [])).toThrow(
    "Told may be marked as entered by mistake, and teller 1 heeds it",
  ));
test("and not where a policy has asked for something because of it", () =>
  expect(() => requireCorrectable([], hears(may))).toThrow("Told may be marked as entered by mistake, and hears heeds it"));
