import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

/** Where a Chromium is, if this machine has one: the tests bring none along. */
export const executable: string | undefined = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((each) => each !== undefined && each !== "" && existsSync(each));

if (executable === undefined) process.stderr.write("No Chromium is here, so that no page is tried. Install one, or name it by CHROMIUM.\n");

/** Where there is none, what needs one is passed over, and counted as such. */
export const inChromium = executable === undefined ? describe.skip : describe;

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: executable!, args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"] });
