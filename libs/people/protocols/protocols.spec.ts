import { given } from "#kernel/given.js";
import { organisations } from "../organisations.js";
import { endSharingProtocol, signSharingProtocol, stands, type ProtocolFact } from "./protocols.js";

const until = "2027-01-10T08:00:00.000Z";
const signed: ProtocolFact = { type: "SharingProtocolSigned", data: { partner: "p", until } };
const ended: ProtocolFact = { type: "SharingProtocolEnded", data: { partner: "p", reason: "Withdrawn" } };

describe("a sharing protocol", () => {
  test("is signed until an end, and the same again is so already", () => {
    given(organisations).when(signSharingProtocol, { partner: "p", until }).then(signed);
    given(organisations, signed).when(signSharingProtocol, { partner: "p", until }).then();
  });
  test("is not signed when it would be over, and not for ever", () => {
    given(organisations).when(signSharingProtocol, { partner: "p", until: "2026-01-10T08:00:00Z" }).refused("ProtocolAlreadyOver");
    given(organisations).when(signSharingProtocol, { partner: "p", until: "2031-01-10T08:00:00.001Z" }).refused("ProtocolTooLong");
  });
  test("is ended before, once", () => {
    given(organisations, signed).when(endSharingProtocol, { partner: "p", reason: "Withdrawn" }).then(ended);
    given(organisations, signed, ended).when(endSharingProtocol, { partner: "p", reason: "Other" }).then();
  });
  test("stands from when it was signed, until its end, with that partner alone", () => {
    const standing = { p: { from: "2026-01-10T08:00:00.000Z", until } };
    expect(
      ["2026-01-10T07:59:59.999Z", "2026-01-10T08:00:00.000Z", "2027-01-10T07:59:59.999Z", until].map((at) => stands(standing, "p", at)),
    ).toEqual([false, true, true, false]);
    expect(stands(standing, "constructor", "2026-06-01T00:00:00.000Z")).toBe(false);
  });
});
