/** @type {import("jest").Config} */
const shared = {
  testEnvironment: "node",
  transform: { "^.+\\.ts$": "@swc/jest" },
  extensionsToTreatAsEsm: [".ts"],
  moduleNameMapper: { "^#(?!.*node_modules)(.*)\\.js$": "<rootDir>/libs/$1.ts", "^(\\.{1,2}/.*)\\.js$": ["$1.ts", "$1.js"] },
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
};

export default {
  projects: [
    { ...shared, displayName: "unit", testMatch: ["<rootDir>/{libs,apps}/**/*.spec.ts"] },
    {
      ...shared,
      displayName: "e2e",
      testMatch: ["<rootDir>/test/**/*.spec.ts"],
      testPathIgnorePatterns: ["<rootDir>/test/conformance/"],
      globalSetup: "<rootDir>/test/support/postgres.setup.js",
      globalTeardown: "<rootDir>/test/support/postgres.teardown.js",
    },
    {
      ...shared,
      displayName: "conformance",
      testMatch: ["<rootDir>/test/conformance/*.spec.ts"],
      globalSetup: "<rootDir>/test/conformance/server.setup.js",
      globalTeardown: "<rootDir>/test/conformance/server.teardown.js",
    },
  ],
  reporters: ["default", "<rootDir>/test/support/closing-line.reporter.js"],
  // Two cores: where one test waits, another works.
  maxWorkers: 3,
  testTimeout: 60_000,
};
