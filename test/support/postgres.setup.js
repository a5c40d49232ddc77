/** One Postgres server for the whole e2e run; a server of your own by TEST_POSTGRES_URL. Needs the build, like the tests themselves. */
export default async function start() {
  if (process.env.TEST_POSTGRES_URL) return;
  const { startPostgres } = await import("#platform/postgres/embedded-postgres.js");
  const { temporaryFolder } = await import("../../dist/test/support/temporary-folder.js");
  globalThis.testPostgres = await startPostgres({ directory: temporaryFolder() });
  process.env.TEST_POSTGRES_URL = globalThis.testPostgres.urlOf("postgres");
}
