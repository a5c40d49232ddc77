import { addressesOf, clientOf, networkOf } from "./network.js";

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"],
  ["2001:db8:1:2::9", "2001:db8:1:2::"],
  ["2001:0DB8::1", "2001:db8:0:0::"],
  ["::1", "0:0:0:0::"],
  ["fe80::1%eth0", "fe80:0:0:0::"],
])("%s is counted as %s", (address, network) => expect(networkOf(address)).toBe(network));

test("a list of addresses and networks says who is one of them", () => {
  const isProxy = addressesOf("192.0.2.7, 10.0.0.0/8,fd00::/8");
  expect(["192.0.2.7", "::ffff:10.1.2.3", "fd12::1", "192.0.2.8", "::1"].map(isProxy)).toEqual([true, true, true, false, false]);
  expect(addressesOf("")("127.0.0.1")).toBe(false);
});

test.each(["proxy.example.org", "10.0.0.0/99", "10.0.0.0/x"])("%s is no such list", (text) => expect(() => addressesOf(text)).toThrow());

describe("behind proxies", () => {
  const isProxy = addressesOf("10.0.0.0/8");
  test.each([
    ["nobody but a proxy is believed", "192.0.2.7", "203.0.113.9", "192.0.2.7"],
    ["a proxy is believed", "10.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["what a client says of itself before the proxy is not", "10.0.0.1", "127.0.0.1, 203.0.113.9", "203.0.113.9"],
    ["several proxies are passed over", "10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"],
    ["a proxy that says nothing asks itself", "10.0.0.1", undefined, "10.0.0.1"],
  ])("%s", (_, remote, forwarded, client) => expect(clientOf(remote, forwarded, isProxy)).toBe(client));
});
