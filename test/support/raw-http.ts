import { connect } from "node:net";

/** Sends bytes as they are over a socket of their own; answers what comes back until the server closes or `milliseconds` have passed. */
export function rawly(base: string, bytes: string, milliseconds = 10_000): Promise<string> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    let answer = "";
    const end = () => {
      clearTimeout(late);
      socket.destroy();
      resolve(answer);
    };
    const late = setTimeout(end, milliseconds);
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => (answer += text));
    socket.once("error", end).once("close", end);
    socket.write(bytes);
  });
}

/** Asks with a target that no client library would send. Answers status and body. */
export async function askRawly(base: string, method: string, target: string, headers: readonly string[] = []) {
  const head = [`${method} ${target} HTTP/1.1`, "host: 127.0.0.1", "connection: close", ...headers];
  const body = method === "POST" ? "{}" : "";
  if (body) head.push("content-type: application/json", `content-length: ${body.length}`);
  const answer = await rawly(base, `${head.join("\r\n")}\r\n\r\n${body}`);
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0), text: answer };
}
