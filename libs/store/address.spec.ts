import { jest } from "@jest/globals";
import fc from "fast-check";
import { createRequire } from "node:module";
import { addressFault, atLeader, prompt } from "./address.js";

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}(\.[a-z]{2,5})?$/);
const host = fc.tuple(name, fc.option(fc.integer({ min: 1, max: 65_535 }))).map(([at, port]) => (port === null ? at : `${at}:${port}`));
const account = fc
  .tuple(
    name,
    fc.string({ minLength: 1, maxLength: 12 }).map((password) => encodeURIComponent(password).replaceAll(/[!'()*~]/g, "x")),
  )
  .map(([user, password]) => `${user}:${password}@`);
const option = fc.constantFrom(
  ...["tls=false", "tls=true", "nodePreference=follower", "NODE_PREFERENCE=leader", "maxDiscoverAttempts=3", "gossipTimeout=2"],
  ...["discoveryInterval=50", "connectionName=hifadhi", "defaultDeadline=5000", "keepAliveInterval=20000", "keep-alive-timeout=3000"],
);
const address = (protocol: string) =>
  fc
    .tuple(fc.option(account), fc.array(host, { minLength: 1, maxLength: 5 }), fc.array(option, { maxLength: 4 }))
    .map(([who, hosts, options]) => `${protocol}://${who ?? ""}${hosts.join(",")}${options.length > 0 ? `?${options.join("&")}` : ""}`);

describe("the address of the event store", () => {
  test("may name one host, several, or a name that stands for them, with a user and options", () => {
    fc.assert(fc.property(fc.oneof(address("esdb"), address("esdb+discover")), (each) => addressFault(each) === null));
  });

  test.each(["kurrentdb", "kurrentdb+discover", "kdb"])(
    "is refused with %s:, which the client does not know, and says what to write",
    (protocol) => {
      fc.assert(fc.property(address(protocol), (each) => /write esdb: or esdb\+discover:/.test(addressFault(each) ?? "")));
    },
  );

  test.each([
    ["another protocol", "http://127.0.0.1:2113", ""],
    ["no host", "esdb://", ""],
    ["a port that is none", "esdb://node1:port", ""],
    ["a value that its option cannot have", "esdb://node1?nodePreference=secret", ""],
    ["a deadline that is none", "esdb://node1?defaultDeadline=0", ""],
    ["an option that is not known", "esdb://amina:secret@node1?tlsCertificate=secret", "does not know; there are tls, tlsCAFile"],
    ["certificates that nobody verifies", "esdb://node1?tlsVerifyCert=false", "name the authority by tlsCAFile"],
    ["an authority that is not there", "esdb://node1?tlsCAFile=/nowhere/secret", "cannot be found"],
    ["a certificate without its key", "esdb://node1?userCertFile=/nowhere/secret", "cannot be found"],
  ])("is refused with %s", (_, each, why) => {
    expect(addressFault(each)).toContain(why);
    expect(addressFault(each)).not.toContain("secret");
  });

  test("is never printed, whatever is wrong with it", () => {
    const said = jest.spyOn(console, "warn").mockImplementation(() => undefined);
    fc.assert(
      fc.property(address("esdb"), fc.string({ minLength: 1 }), (each, more) => {
        addressFault(`${each}${each.includes("?") ? "&" : "?"}tlsverifycert=${encodeURIComponent(more)}`);
        addressFault(`${each}?${more}=secret`);
        addressFault(`${each}?tls&${more}=secret&%74ls=true`);
        addressFault(each + more);
      }),
    );
    expect(said.mock.calls.flat().join(" ")).not.toContain("esdb:");
    said.mockRestore();
  });
});

describe("what the programs add to the address", () => {
  /** As the client reads it. */
  const { parseConnectionString: read } = createRequire(import.meta.url)("@eventstore/db-client/dist/Client/parseConnectionString.js") as {
    parseConnectionString: (address: string) => Record<string, unknown>;
  };

  test("leaves its hosts, its user and its options as they are", () => {
    fc.assert(
      fc.property(fc.oneof(address("esdb"), address("esdb+discover")), fc.constantFrom("", "/"), (each, slash) => {
        const given = each.includes("?") ? each : each + slash;
        expect(read(prompt(given))).toEqual({ gossipTimeout: 2, ...read(given), throwOnAppendFailure: true });
        expect(read(prompt(atLeader(given)))).toMatchObject({ ...read(given), nodePreference: "leader", throwOnAppendFailure: true });
      }),
    );
  });
});
