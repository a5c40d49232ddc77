import { readFileSync } from "node:fs";
import { credentials } from "@grpc/grpc-js";
import { rawClient, shared, signedInAs, streams } from "../../event-store/raw.js";

// Follows the whole log so many times over, says when it begins, and is stopped without a word.
const [address, certificateFile, count] = process.argv.slice(2) as [string, string, string];
const client = rawClient(address, credentials.createSsl(readFileSync(certificateFile)));
const { Options } = streams.ReadReq;
for (let index = 0; index < Number(count); index++) {
  const all = new Options.AllOptions().setStart(new shared.Empty());
  const options = new Options().setAll(all).setSubscription(new Options.SubscriptionOptions()).setNoFilter(new shared.Empty());
  const call = client.read(new streams.ReadReq().setOptions(options), signedInAs("admin", "changeit"));
  call.on("error", () => undefined).once("data", () => index === 0 && process.send!("begun"));
  call.on("data", () => undefined);
}
setInterval(() => undefined, 1_000);
