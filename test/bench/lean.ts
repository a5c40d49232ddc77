import { Agent, request } from "node:http";
import type { System } from "../support/system.js";

/** Asks the api, or what listens at `base`, as lean clients do: over connections that are kept, and nothing is checked but the status. */
export async function lean(
  system: System,
  username: string,
  base = system.base,
): Promise<(method: string, path: string, body?: object) => Promise<void>> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const authorization = `Bearer ${await system.token(username)}`;
  const { hostname, port } = new URL(base);
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const text = body && JSON.stringify(body);
      const headers = { authorization, ...(text && { "content-type": "application/json", "content-length": Buffer.byteLength(text) }) };
      const sent = request({ agent, hostname, port, path, method, headers }, (response) => {
        response.resume().on("end", () => (response.statusCode === 200 ? resolve() : reject(new Error(`answered ${response.statusCode}`))));
      });
      sent.on("error", reject).end(text);
    });
}
