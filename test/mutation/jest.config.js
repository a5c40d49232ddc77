import { join } from "node:path";
import jest from "../../jest.config.js";

/** The examples that stand beside the code that is tried, and no others. */
const { displayName: _, ...unit } = jest.projects.find(({ displayName }) => displayName === "unit");

export default {
  ...unit,
  rootDir: join(import.meta.dirname, "../.."),
  testMatch: [`<rootDir>/${process.env["MUTATION_FOLDER"]}/**/*.spec.ts`],
  testTimeout: jest.testTimeout,
};
