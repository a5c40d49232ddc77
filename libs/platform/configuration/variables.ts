import { bool, makeValidator, port, str } from "envalid";
import { addressFault } from "#store/address.js";
import { NotUsable } from "./config.js";
import { defaultZone, isZone } from "../values/time.js";

const urlOf = (...protocols: readonly string[]) =>
  makeValidator((input: string) => {
    if (!protocols.includes(new URL(input).protocol)) throw new TypeError("another protocol");
    return input;
  });
const postgres = urlOf("postgres:", "postgresql:");
const http = urlOf("https:", "http:");
const eventStore = makeValidator((input: string) => {
  const fault = addressFault(input);
  if (fault !== null) throw new NotUsable(fault);
  return input;
});

const zone = makeValidator((input: string) => {
  if (!isZone(input)) throw new NotUsable("a zone of the IANA database is needed");
  return input;
});

/** Every variable that more than one program reads, described once. A program names those it needs to `readConfig`. */
export const variables = {
  EVENTSTORE_URL: eventStore({
    desc: "the address of EventStoreDB: esdb:// and its host, or all hosts of a cluster, or esdb+discover:// and the name that stands for them",
    example: "esdb://127.0.0.1:2113?tls=false or esdb://user:...@node1:2113,node2:2113,node3:2113?tlsCAFile=/etc/hifadhi/ca.crt",
  }),
  DATABASE_URL: postgres({ desc: "the Postgres url of the read models", example: "postgres://hifadhi:...@127.0.0.1:5432/hifadhi" }),
  KEYRING_URL: postgres({ desc: "the Postgres url of the keyring database", example: "postgres://keyring:...@127.0.0.1:5432/keyring" }),
  KEY_FILE: str({ desc: "the file that holds the key-encryption key", example: "/run/secrets/key" }),
  TIME_ZONE: zone({ desc: "the zone in which days, nights and ages are counted", example: "Africa/Nairobi", default: defaultZone }),
  PORT: port({ desc: "the port to listen on, 1 to 65535", example: "3000", default: 3000 }),
  HIFADHI_DATA: str({ desc: "the folder for everything the embedded servers keep", example: "./data", default: "./data" }),
  OIDC_ISSUER: http({
    desc: "the url of the OpenID Connect issuer",
    example: "https://id.example.org/realms/hifadhi",
    default: undefined,
  }),
  OIDC_AUDIENCE: str({ desc: "the audience that access tokens must name", example: "hifadhi", default: "hifadhi" }),
  DEMO_SIGN_IN: bool({ desc: "yes or no: whether the built-in issuer signs demo people in", example: "yes", default: false }),
  BUILT_IN_SIGN_IN: bool({
    desc: "yes or no: whether people sign in here, by name, password and second factor",
    example: "yes",
    default: false,
  }),
  PUBLIC_URL: http({ desc: "the address by which people reach the api", example: "https://hifadhi.example.org", default: undefined }),
  SIGN_IN_KEY_FILE: str({
    desc: "the file that holds the built-in issuer's signing key",
    example: "./data/sign-in.key",
    default: undefined,
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: http({
    desc: "the url of an OpenTelemetry collector that traces are sent to; without it nothing is traced",
    example: "http://127.0.0.1:4318",
    default: undefined,
  }),
  LOG_LEVEL: str({ desc: "the level of logging", choices: ["fatal", "error", "warn", "info", "debug", "silent"], default: "info" }),
};
