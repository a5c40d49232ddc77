import { createServer as createHttp } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

// A little scanner in a process of its own that knows one thing that does harm: the test file of EICAR, which does none. It answers as a hook by
// HTTP, and as clamd does (INSTREAM). As a hook it has no answer for what says that it is unanswered.

const harm = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR", "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("");
const isClean = (bytes: Buffer): boolean => !bytes.includes(harm);

const hook = createHttp((request, reply) => {
  void buffer(request).then((bytes) => {
    if (bytes.includes("unanswered")) return void reply.writeHead(503).end();
    return void reply.setHeader("content-type", "application/json").end(JSON.stringify({ clean: isClean(bytes) }));
  });
});

const command = "zINSTREAM\0";
const clamd = createServer((socket) => {
  let said = Buffer.alloc(0);
  socket.on("error", () => undefined);
  socket.on("data", (bytes: Buffer) => {
    said = Buffer.concat([said, bytes]);
    if (said.subarray(0, command.length).toString() !== command) return;
    const parts: Buffer[] = [];
    for (let at = command.length; at + 4 <= said.length;) {
      const length = said.readUInt32BE(at);
      if (length === 0) return void socket.end(isClean(Buffer.concat(parts)) ? "stream: OK\0" : "stream: Eicar-Signature FOUND\0");
      parts.push(said.subarray(at + 4, at + 4 + length));
      at += 4 + length;
    }
  });
});

const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;
hook.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () =>
  clamd.listen(0, "127.0.0.1", () =>
    process.send?.({ hook: `http://127.0.0.1:${portOf(hook)}/`, clamd: `clamd://127.0.0.1:${portOf(clamd)}` }),
  ),
);
process.once("disconnect", () => process.exit(0));
