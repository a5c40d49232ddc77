import canonicalize from "canonicalize";
import { canonical } from "#store/canonical.js";
import { median, report } from "./measure.js";

const [rounds, times] = [7, 20_000];
const id = "4c5a1f60-0000-4000-8000-0000000000aa";
const hash = "0123456789abcdef".repeat(4);

/** A fact as it is hashed, with a sealed part: of the size of most. */
const fact = {
  stream: `case-${id}`,
  revision: "12",
  type: "ConsentGiven",
  body: {
    data: {
      consentId: id,
      purpose: "Interview",
      recipients: [id],
      dataClasses: ["identity", "contact"],
      expiresAt: "2030-01-01T00:00:00.000Z",
    },
    personal: { [id]: { narrative: hash.repeat(3) } },
  },
  metadata: {
    ...{ schema: 2, at: "2026-01-10T08:00:00.000Z", by: { id, role: "shelter-case-manager", organisation: id, shelter: id } },
    ...{ purpose: "ConsentKeeping", commandId: id, requestHash: hash, source: "api", prev: hash, $correlationId: id, $causationId: id },
  },
};

/** The canonical form of a fact, by the engine's own writer and by the library, in turns. */
export function canonicalForms(): void {
  const taken = { ours: [] as number[], library: [] as number[] };
  const microseconds = (write: (value: object) => unknown): number => {
    const start = performance.now();
    for (let each = 0; each < times; each++) write(fact);
    return ((performance.now() - start) / times) * 1_000;
  };
  for (let round = 0; round < rounds; round++) {
    taken.library.push(microseconds((value) => canonicalize(value)));
    taken.ours.push(microseconds(canonical));
  }
  const [ours, library] = [median(taken.ours), median(taken.library)];
  const rows = Object.entries({ "canonical.ts": ours, canonicalize: library }).map(([what, each]) => ({
    what,
    microseconds: each.toFixed(1),
  }));
  report("canonical", rows, { "canonical.ts / canonicalize": ours / library });
}
