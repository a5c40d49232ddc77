import { startPostgres } from "#platform/postgres/embedded-postgres.js";

const server = await startPostgres({ directory: process.argv[2]! });
process.send!({ url: server.urlOf("postgres") });
