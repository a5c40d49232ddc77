import { bool, makeValidator, num, str } from "envalid";
import { ConfigurationError, readConfig } from "#platform/configuration/config.js";
import { documentSettings, missingOf } from "#platform/documents/settings.js";
import { addressesOf } from "#platform/http/network.js";
import { plainClaims } from "#platform/sign-in/claims.js";
import { originsOf } from "#platform/http/origins.js";
import { variables } from "#platform/configuration/variables.js";

const { EVENTSTORE_URL, DATABASE_URL, KEYRING_URL, KEY_FILE, PORT, LOG_LEVEL, TIME_ZONE } = variables;
const { OIDC_ISSUER, OIDC_AUDIENCE, DEMO_SIGN_IN, BUILT_IN_SIGN_IN, PUBLIC_URL, SIGN_IN_KEY_FILE, OTEL_EXPORTER_OTLP_ENDPOINT } = variables;

const proxies = makeValidator((text) => {
  addressesOf(text);
  return text;
});

const origins = makeValidator((text) => {
  originsOf(text);
  return text;
});

/** What the api must be told. */
export const settings = {
  EVENTSTORE_URL,
  DATABASE_URL,
  KEYRING_URL,
  KEY_FILE,
  PORT,
  LOG_LEVEL,
  TIME_ZONE,
  OIDC_ISSUER,
  OIDC_AUDIENCE,
  DEMO_SIGN_IN,
  BUILT_IN_SIGN_IN,
  PUBLIC_URL,
  SIGN_IN_KEY_FILE,
  OTEL_EXPORTER_OTLP_ENDPOINT,
  DEMO_PEOPLE: bool({ desc: "yes or no: whether the demo's people are registered, with names, at the first start", default: false }),
  ROLES_FROM: str({
    desc: "who decides about roles: the members of an organisation as it is kept here, or for whoever is none of them the token",
    choices: ["members", "token"],
    default: "members" as const,
  }),
  OIDC_ROLE_CLAIM: str({ desc: "where a token says the role", example: "realm_access.roles", default: plainClaims.role }),
  OIDC_ORGANISATION_CLAIM: str({ desc: "where a token says the organisation", default: plainClaims.organisation }),
  OIDC_SHELTER_CLAIM: str({ desc: "where a token says the house", default: plainClaims.shelter }),
  OIDC_DISTRICT_CLAIM: str({ desc: "where a token says the district", default: plainClaims.district }),
  HOST: str({ desc: "the address to listen on", default: "127.0.0.1" }),
  TRUST_PROXY: proxies({
    desc: "the addresses and networks of your proxies, whose X-Forwarded-For is believed",
    example: "10.0.0.0/8",
    default: "",
  }),
  CORS_ORIGINS: origins({
    desc: "the origins of pages that may ask from a browser, apart by commas; on this machine the port may be *",
    example: "https://screens.example.org, http://localhost:*",
    default: "",
  }),
  RATE_LIMIT: num({
    desc: "requests a minute and person; a refused one counts as 50, a GraphQL query by what it asks for",
    default: 6_000,
  }),
  UNSIGNED_LIMIT: num({ desc: "requests a minute and address before sign-in", default: 600 }),
  WRONG_SIGN_INS: num({ desc: "wrong tokens and passwords a minute and address, or person known there", default: 30 }),
  REQUESTS: num({ desc: "requests that may be under way at once", default: 2_000 }),
  REQUESTS_PER_PERSON: num({ desc: "requests of one person that may be under way at once", default: 100 }),
  REQUESTS_PER_ADDRESS: num({ desc: "requests of one address that may be under way at once", default: 300 }),
  REQUEST_WITHIN_SECONDS: num({ desc: "how long a client may take to send a request, headers and body, seconds", default: 30 }),
  CONNECTIONS: num({ desc: "connections that may be open at once", default: 4_000 }),
  CONNECTIONS_PER_ADDRESS: num({ desc: "connections of one address that may be open at once", default: 300 }),
  LIVE_STREAMS_PER_PERSON: num({ desc: "live updates that one person may have open", default: 20 }),
  LIVE_STREAMS: num({ desc: "live updates that may be open in all", default: 2_000 }),
  UNSIGNED_SOCKETS: num({ desc: "WebSockets of one address that have not signed in yet", default: 20 }),
  CONSISTENT_WITHIN_SECONDS: num({ desc: "how long a query waits for the change that Consistent-After names, seconds", default: 5 }),
  CONSISTENT_WAITING: num({ desc: "queries that may wait so at once", default: 1_000 }),
  CONSISTENT_WAITING_PER_PERSON: num({ desc: "queries of one person that may wait so at once", default: 100 }),
  GRAPHQL_OPERATIONS: str({
    desc: "a JSON file of the only GraphQL operations that are answered, each under the SHA-256 of its text",
    example: "/run/operations.json",
    default: undefined,
  }),
  LATE_ENTRY_DAYS: num({
    desc: "how many days back anybody may tell of; a supervisor with a reason up to 366",
    default: 30,
  }),
  TEMPLATES: str({
    desc: "a folder of assessment templates of your own (*.yaml, *.json), beside those that come with the program",
    example: "/etc/hifadhi/templates",
    default: undefined,
  }),
  ...documentSettings,
  DOCUMENTS_AT_ONCE: num({ desc: "documents that may be on their way here at once", default: 16 }),
  DOCUMENTS_AT_ONCE_PER_PERSON: num({ desc: "documents of one person that may be on their way here at once", default: 4 }),
  DOCUMENT_WITHIN_SECONDS: num({ desc: "how long a client may take to send a document, seconds", default: 600 }),
  METRICS_TOKEN: str({
    desc: "who sends it as `Authorization: Bearer ...` may read /metrics; if not set, only this machine may",
    example: "a random text",
    default: undefined,
  }),
  BODY_LIMIT: num({ desc: "the largest body, bytes", default: 262_144 }),
};

/** Its settings. @throws ConfigurationError that lists every wrong one */
export function configuration(environment: NodeJS.ProcessEnv) {
  const set = readConfig(settings, environment);
  const missing = missingOf(set);
  if (missing.length > 0) throw new ConfigurationError(missing);
  return set;
}

export type Configuration = ReturnType<typeof configuration>;
