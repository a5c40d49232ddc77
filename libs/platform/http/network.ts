import { BlockList, isIPv4, isIPv6 } from "node:net";

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** The address by which somebody is counted: of IPv6 the network of 64 bits, because whoever has one address there has them all. */
export function networkOf(address: string): string {
  const four = mapped.exec(address)?.[1];
  if (four || !isIPv6(address)) return four ?? address;
  const [head = "", tail] = address.split("%")[0]!.split("::");
  const groups = (part: string | undefined) => (part ? part.split(":") : []);
  const [first, last] = [groups(head), groups(tail)];
  const all = tail === undefined ? first : [...first, ...Array.from({ length: 8 - first.length - last.length }, () => "0"), ...last];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::`;
}

/** Is an address one of these? `10.0.0.1, fd00::/8`. @throws where one of them is none */
export function addressesOf(text: string): (address: string) => boolean {
  const list = new BlockList();
  for (const each of text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean)) {
    const [address, prefix] = each.split("/");
    const family = isIPv4(address!) ? "ipv4" : "ipv6";
    if (prefix === undefined) list.addAddress(address!, family);
    else list.addSubnet(address!, Number(prefix), family);
  }
  return (address) => {
    const plain = mapped.exec(address)?.[1] ?? address;
    return isIPv4(plain) ? list.check(plain, "ipv4") : isIPv6(plain) && list.check(plain, "ipv6");
  };
}

/** Who really asks: what the last proxy that is one of ours has seen. `forwarded`: `X-Forwarded-For`. */
export function clientOf(remote: string, forwarded: string | undefined, isProxy: (address: string) => boolean): string {
  const hops = [...(forwarded?.split(",").map((hop) => hop.trim()) ?? []), remote];
  return hops.findLast((hop, index) => index === 0 || !isProxy(hop)) ?? remote;
}
