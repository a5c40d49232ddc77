import { num, str } from "envalid";
import { readConfig } from "#platform/config.js";
import { variables } from "#platform/variables.js";

const { EVENTSTORE_URL, DATABASE_URL, KEYRING_URL, KEY_FILE, PORT, LOG_LEVEL } = variables;
const { OIDC_ISSUER, OIDC_AUDIENCE, DEMO_SIGN_IN, SIGN_IN_KEY_FILE, OTEL_EXPORTER_OTLP_ENDPOINT } = variables;

/** What the api must be told. */
export const configuration = (environment: NodeJS.ProcessEnv) =>
  readConfig(
    {
      ...{ EVENTSTORE_URL, DATABASE_URL, KEYRING_URL, KEY_FILE, PORT, LOG_LEVEL },
      ...{ OIDC_ISSUER, OIDC_AUDIENCE, DEMO_SIGN_IN, SIGN_IN_KEY_FILE, OTEL_EXPORTER_OTLP_ENDPOINT },
      HOST: str({ desc: "the address to listen on", default: "127.0.0.1" }),
      RATE_LIMIT: num({ desc: "requests a minute and person", default: 6_000 }),
      LIVE_STREAMS_PER_PERSON: num({ desc: "live updates that one person may have open", default: 20 }),
      LIVE_STREAMS: num({ desc: "live updates that may be open in all", default: 2_000 }),
      CONSISTENT_WITHIN_SECONDS: num({ desc: "how long a query waits for the change that Consistent-After names, seconds", default: 5 }),
      CONSISTENT_WAITING: num({ desc: "queries that may wait so at once", default: 1_000 }),
      GRAPHQL_OPERATIONS: str({
        desc: "a JSON file of the only GraphQL operations that are answered, each under the SHA-256 of its text",
        example: "/run/operations.json",
        default: undefined,
      }),
      BODY_LIMIT: num({ desc: "the largest body, bytes", default: 262_144 }),
    },
    environment,
  );

export type Configuration = ReturnType<typeof configuration>;
