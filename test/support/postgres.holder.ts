import { startPostgres } from "#platform/embedded-postgres.js";

const server = await startPostgres({ directory: process.argv[2]! });
process.send!({ url: server.urlOf("postgres") });
