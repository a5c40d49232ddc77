import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CannotStart } from "#platform/configuration/cannot-start.js";

/** Whose data a folder holds: invented people's, or real ones'. */
export type Kind = "demo" | "real";

/**
 * A folder is one or the other from its first start on: demo people, whose password is known, never stand beside real data, and real data is
 * never shown to them. A folder from before this was said belongs to a demo.
 */
export function requireKind(folder: string, kind: Kind): void {
  const file = join(folder, "kind");
  const kept = existsSync(file) ? readFileSync(file, "utf8").trim() : existsSync(join(folder, "keys")) ? "demo" : null;
  if (kept === null) return writeFileSync(file, `${kind}\n`, { flag: "wx" });
  if (kept === kind) return;
  throw new CannotStart(
    "OtherKindOfData",
    kept === "demo"
      ? `The folder ${folder} holds a demo. Start it with npm start -- --demo, or keep real data elsewhere: HIFADHI_DATA=... npm start`
      : `The folder ${folder} holds real data, which a demo must not show. Keep the demo elsewhere: HIFADHI_DATA=... npm start -- --demo`,
  );
}
