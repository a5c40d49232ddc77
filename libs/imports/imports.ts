import { IsString, Matches } from "class-validator";
import { Described } from "#kernel/described.js";
import { aggregate, require, requireNotBefore, slice, type Instant, type Rule, type Times } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { IsInstant, utc } from "#platform/values/time.js";

// Facts

/** The leave to bring in history that was kept elsewhere: for one person, until an end. */
export type ImportFact =
  | { type: "ImportOpened"; data: { importer: string; openedBy: string; until: Instant } }
  | { type: "ImportApproved"; data: { approvedBy: string } }
  | { type: "ImportEnded"; data: { endedBy: string } };

// State

export interface Grant {
  readonly importer: string;
  readonly openedBy: string;
  readonly until: Instant | null;
  readonly approvedAt: Instant | null;
  readonly endedAt: Instant | null;
}
export const grant = slice<ImportFact>()<Grant>(
  { importer: "", openedBy: "", until: null, approvedAt: null, endedAt: null },
  {
    ImportOpened: (state, { importer, openedBy, until }) => ({ ...state, importer, openedBy, until }),
    ImportApproved: (state, _, { at }) => ({ ...state, approvedAt: state.approvedAt ?? at }),
    ImportEnded: (state, _, { at }) => ({ ...state, endedAt: state.endedAt ?? at }),
  },
);

/** One import: stream `import-<uuid>`. */
export const imports = aggregate("import", { grant });

// Requests

@Refuses("ImportAlreadyOpened", "ImportAlreadyOver", "ImportTooLong", "ImporterIsAdministrator")
export class OpenImport {
  @Described("The id of whoever brings the history in") @IsString() @Matches(/^[\w|:.-]{1,100}$/) importer!: string;
  @Described("When the leave ends") @IsInstant() until!: Instant;
}
@Refuses("ApproverIsRequester", "ImportEnded")
export class ApproveImport {}
export class EndImport {}

// Rules

const longestDays = 30;

/** Not for the one who opens it: nobody lets herself in. It ends by itself. */
export const openImport: Rule<{ grant: Grant }, OpenImport, ImportFact> = ({ grant: before }, request, { now, actor }) => {
  require(before.until === null, "ImportAlreadyOpened");
  const until = utc(request.until);
  require(request.importer !== actor.id, "ImporterIsAdministrator");
  require(until > now, "ImportAlreadyOver");
  require(Date.parse(until) - Date.parse(now) <= longestDays * 86_400_000, "ImportTooLong", { days: longestDays });
  return [{ type: "ImportOpened", data: { importer: request.importer, openedBy: actor.id, until } }];
};

/** Two persons: whoever opens an import never approves it. */
export const approveImport: Rule<{ grant: Grant }, ApproveImport, ImportFact> = ({ grant: before }, _, { now, actor }) => {
  require(before.endedAt === null && before.until !== null && before.until > now, "ImportEnded");
  if (before.approvedAt !== null) return [];
  require(before.openedBy !== actor.id && before.importer !== actor.id, "ApproverIsRequester");
  return [{ type: "ImportApproved", data: { approvedBy: actor.id } }];
};

export const endImport: Rule<{ grant: Grant }, EndImport, ImportFact> = ({ grant: before }, _, { actor }) =>
  before.endedAt === null ? [{ type: "ImportEnded", data: { endedBy: actor.id } }] : [];

/** May history still be brought in by it, and do the dates of what was brought in therefore wait? */
export const isOpenAt = ({ grant: { until, endedAt } }: { grant: Grant }, now: Instant): boolean =>
  endedAt === null && until !== null && until > now;

/** May this person bring in history by this import now? @throws Refusal */
export function requireGranted(
  { grant: { importer, until, approvedAt, endedAt } }: { grant: Grant },
  person: string,
  { now }: Pick<Times, "now">,
): void {
  require(importer === person, "ImportOfAnother");
  require(approvedAt !== null, "ImportNotApproved");
  require(endedAt === null && until !== null && until > now, "ImportEnded");
  requireNotBefore(now, approvedAt);
}
