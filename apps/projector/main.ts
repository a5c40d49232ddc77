import "reflect-metadata";
import { configuration } from "./configuration.js";
import { startProjector } from "./projector.js";

const fail = (error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
};

try {
  const projector = await startProjector(configuration(process.env), fail);
  const stop = () => void projector.stop().then(() => process.exit(0));
  for (const signal of ["SIGTERM", "SIGINT", "disconnect"]) process.once(signal, stop);
  process.send?.({ ready: "projector" });
} catch (error) {
  fail(error as Error);
}
