import { given } from "#kernel/given.js";
import { denials, recordDenial, type Denial, type DenialFact } from "./denials.js";

const asked: Denial = { act: "read", on: "narrative", kind: "case", record: "c-1", route: "case" };
const inVain: DenialFact = { type: "AskedInVain", data: { ...asked, by: "amina" } };

test("who asks in vain is on record, each time", () => {
  given(denials).when(recordDenial, asked).then(inVain);
  given(denials, inVain).when(recordDenial, asked).then(inVain);
});

test("nothing but what the record asks for gets into it", () =>
  given(denials)
    .when(recordDenial, { ...asked, name: "Example Person" } as Denial)
    .then(inVain));
