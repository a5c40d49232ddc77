import "reflect-metadata";
import { may } from "#access/decide.js";
import type { Call, Operation } from "#api/operations/operation.js";
import { permit } from "#api/operations/permit.js";
import { projectionOperations } from "#api/projections/projections.js";
import * as domain from "#domain/domain.js";
import { roles } from "#access/roles.js";
import { tableOf } from "#projection/declare/columns.js";

const operations: readonly Operation[] = [...domain.operations, ...projectionOperations];

test("of every column it is said who may see it", () => {
  const columns = domain.views.flatMap(({ row }) => {
    const { table, columns: all, key } = tableOf(row);
    return all
      .filter(({ property, area, inner }) => property !== key && !inner && area === undefined)
      .map(({ property }) => `${table}.${property}`);
  });
  expect(columns).toEqual([]);
});

test("of every operation about a record it is said what it belongs to", () =>
  expect(operations.filter(({ path, about }) => path.includes("{id}") && !about).map(({ name }) => name)).toEqual([]));

const undeclared = { name: "undeclared", kind: "query", path: "/cases/{id}/undeclared", permission: may("read", "case") } as Operation;
const shelter = "5b1d3c1e-0000-4000-8000-000000000001";
const asked = (role: string) => ({ actor: { id: "p-1", role, shelter }, id: shelter, input: {}, envelope: {} }) as unknown as Call;

test.each(roles)("what nobody has declared is for nobody, not even of one's own shelter: %s", async (role) => {
  const nothing = expect.objectContaining({ problem: expect.objectContaining({ status: 404 }) });
  await expect(permit(undeclared, asked(role))).rejects.toThrow(nothing);
  const list = { ...undeclared, path: "/stays", permission: may("read", "stay") } as Operation;
  if (role !== "supervisor") await expect(permit(list, asked(role))).rejects.toThrow(nothing);
});
