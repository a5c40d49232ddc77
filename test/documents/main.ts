import { writeFileSync } from "node:fs";
import { reference } from "./reference.js";

for (const [file, text] of Object.entries(reference())) writeFileSync(file, text);
