import { Code, Key, Text, ViewOf, Words } from "#projection/declare/columns.js";
import { SealedList, Shape, Structures } from "#projection/declare/shapes.js";
import { sealedPart, view } from "#projection/declare/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { cases } from "../cases.js";
import { serviceArea as area } from "./areas.js";
import * as codes from "./vocabulary.js";

@Shape("HealthServiceDetail")
class HealthServiceDetail {
  @Words() fact!: string;
  @Words() type!: string;
  @Code(codes.healthServices) service!: codes.HealthService;
  @Words() note!: string;
  @Words({ description: "The code of the grant that paid for it" }) fundingSource!: string;
}
@Shape("PsychosocialServiceDetail")
class PsychosocialServiceDetail {
  @Words() fact!: string;
  @Words() type!: string;
  @Code(codes.psychosocialServices) service!: codes.PsychosocialService;
  @Words() note!: string;
  @Words({ description: "The code of the grant that paid for it" }) fundingSource!: string;
}
@Shape("ServiceNote")
class ServiceNote {
  @Words() fact!: string;
  @Words() type!: string;
  @Words() note!: string;
}

@Shape("ServiceRecord")
class ServiceRecord {
  @Text({ area, description: "What was written down of it has the same `fact` in its class" }) fact!: string;
  @Text({ area, description: "Which help it is" }) service!: string;
}

/** What each discipline has written down of the help that she was given, which service it was among it. */
@ViewOf("CaseServiceRecords", { concerns: ["case", "id"] })
export class CaseServiceRecordsView {
  @Key() id!: string;
  @Structures(ServiceRecord) records!: ServiceRecord[];
  @SealedList("health", HealthServiceDetail) health!: SealedPart[];
  @SealedList("psychosocial", PsychosocialServiceDetail) psychosocial!: SealedPart[];
  @SealedList("legal", ServiceNote) legal!: SealedPart[];
  @SealedList("narrative", ServiceNote) notes!: SealedPart[];
}

type Told = Parameters<typeof sealedPart>[0] & { readonly streamId: string; readonly data: { readonly service: string } };

const written = (row: CaseServiceRecordsView | null, fact: Told): CaseServiceRecordsView | null => {
  const before = row ?? { id: fact.streamId, records: [], health: [], psychosocial: [], legal: [], notes: [] };
  const added = (list: SealedPart[], dataClass: string) => {
    const part = sealedPart(fact, dataClass);
    return part ? [...list, part] : list;
  };
  const after = {
    health: added(before.health, "health"),
    psychosocial: added(before.psychosocial, "psychosocial"),
    legal: added(before.legal, "legal"),
    notes: added(before.notes, "narrative"),
  };
  const isTold = (Object.keys(after) as (keyof typeof after)[]).some((name) => after[name] !== before[name]);
  return isTold ? { ...before, ...after, records: [...before.records, { fact: fact.id, service: fact.data.service }] } : row;
};

export const caseServiceRecordsView = view(cases)(CaseServiceRecordsView, {
  version: 1,
  key: ({ streamId }) => streamId,
  project: { ServiceRequested: written, ServiceDelivered: written },
});
