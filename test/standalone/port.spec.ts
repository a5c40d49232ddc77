import { once } from "node:events";
import { createServer } from "node:net";
import { freePort } from "#platform/http/free-port.js";
import { requireFreePort } from "../../apps/standalone/port.js";

describe("the port of the api", () => {
  test("that is free is taken without a word", async () => {
    await expect(requireFreePort(await freePort())).resolves.toBeUndefined();
  });

  test.each(["127.0.0.1", "0.0.0.0"])("that another program listens on at %s is refused with what to do", async (host) => {
    const port = await freePort();
    const other = createServer().listen(port, host);
    await once(other, "listening");
    await expect(requireFreePort(port)).rejects.toThrow(`Port ${port} is already in use. Choose another one: PORT=${port + 1} npm start`);
    other.close();
    await once(other, "close");
  });
});
