import { Metadata } from "@grpc/grpc-js";
import { appendEvent, appendOptions, batchPart, rawClient } from "./raw.js";

// Sends half of what it meant to, tells so, and waits to be killed.
const [address, stream, how] = process.argv.slice(2) as [string, string, "append" | "batch"];
const client = rawClient(address);
if (how === "append") {
  const call = client.append(new Metadata(), {}, () => undefined);
  call.write(appendOptions(stream));
  for (let count = 0; count < 3; count++) call.write(appendEvent(), () => count === 2 && process.send!("sent"));
} else {
  const call = client.batchAppend();
  call.on("error", () => undefined);
  call.write(batchPart({ stream, events: 3, final: false }), () => process.send!("sent"));
}
setInterval(() => undefined, 1_000);
