import { num } from "envalid";
import { readConfig } from "#platform/configuration/config.js";
import { variables } from "#platform/configuration/variables.js";

const { EVENTSTORE_URL, DATABASE_URL, KEYRING_URL, KEY_FILE, LOG_LEVEL, OTEL_EXPORTER_OTLP_ENDPOINT, TIME_ZONE } = variables;

/** What the projector must be told. */
export const settings = {
  EVENTSTORE_URL,
  DATABASE_URL,
  KEYRING_URL,
  KEY_FILE,
  LOG_LEVEL,
  OTEL_EXPORTER_OTLP_ENDPOINT,
  TIME_ZONE,
  PARTITIONS: num({ desc: "how many parts the work on views is divided into, the same in every projector", default: 4 }),
  PROJECTOR_PORT: num({ desc: "the port of its metrics, 0 for any free one", default: 0 }),
};

/** Its settings. @throws ConfigurationError that lists every wrong one */
export const configuration = (environment: NodeJS.ProcessEnv) => readConfig(settings, environment);

export type Configuration = ReturnType<typeof configuration>;
