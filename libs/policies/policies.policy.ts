import type { Policies } from "#projection/declare/policy.js";
import { freeTheBed } from "./free-the-bed.policy.js";
import { tellTheCase } from "./tell-the-case.policy.js";

/** What a fact in one aggregate asks of another. They stand above the aggregates, which do not know each other. A new one is a line here. */
export const policies: Policies = [freeTheBed, tellTheCase];
