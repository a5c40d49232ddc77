import { mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tellAddresses, withAddresses } from "./addresses.js";

const addresses = {
  EVENTSTORE_URL: "esdb://invented",
  DATABASE_URL: "postgres://invented",
  KEYRING_URL: "postgres://invented/keyring",
  KEY_FILE: "/invented/key",
};
const folder = () => mkdtempSync(join(tmpdir(), "hifadhi-addresses-"));

describe("the addresses of the servers that npm start runs", () => {
  test("are found by a command that names none, for as long as they run", () => {
    const data = folder();
    const forget = tellAddresses(data, addresses);
    expect(withAddresses({ HIFADHI_DATA: data })).toEqual({ HIFADHI_DATA: data, ...addresses });
    forget();
    expect(withAddresses({ HIFADHI_DATA: data })).toEqual({ HIFADHI_DATA: data });
  });

  test("can be read by their account alone, whoever could read what was there before", () => {
    const data = folder();
    tellAddresses(data, addresses);
    expect(statSync(join(data, "addresses.json")).mode & 0o777).toBe(0o600);
  });

  test.each(["EVENTSTORE_URL", "DATABASE_URL"])("are not mixed with another %s", (name) => {
    const data = folder();
    tellAddresses(data, addresses);
    const environment = { HIFADHI_DATA: data, [name]: "of somewhere else" };
    expect(withAddresses(environment)).toEqual(environment);
  });
});
