import type { FastifyInstance } from "fastify";
import { personalClasses } from "#access/areas.js";
import { cellOf } from "#access/cells.js";
import type { SignInLinks } from "#api/access/sign-in-links.js";
import { originsOf } from "#platform/http/origins.js";
import type { Accounts } from "#platform/sign-in/accounts.js";
import type { Attempts } from "#platform/sign-in/attempts.js";
import type { SigningKey } from "#platform/sign-in/signing-key.js";
import type { Verified } from "#platform/sign-in/token.js";
import type { Changes } from "#store/changes.js";
import type { Configuration } from "../configuration.js";
import type { Directory } from "../directory.js";
import { Arrivals } from "./arrivals.js";
import { Interaction } from "./interaction.js";
import { openProvider } from "./provider.js";
import { signInRoutes } from "./routes.js";

interface Needs {
  readonly configuration: Configuration;
  readonly accounts: Accounts;
  readonly directory: Directory;
  readonly attempts: Attempts;
  /** Of the built-in provider; null: people sign in elsewhere. */
  readonly key: SigningKey | null;
  readonly issuer: string;
  readonly changes: () => Changes;
  readonly verified: (authorization: string | undefined, address: string) => Promise<Verified>;
  readonly refused: (code: string) => void;
}

/** Does a role open what identifies, locates or describes somebody? */
const opensPersonalData = (role: string): boolean => personalClasses.some((each) => cellOf(role, each) !== undefined);

/** Serves everything below `/sign-in`. Answers how people arrive here for the first time. */
export async function serveSignIn(server: FastifyInstance, needs: Needs): Promise<Arrivals> {
  const { configuration, accounts, directory, attempts, key, issuer, changes, verified, refused } = needs;
  const arrivals = new Arrivals(accounts, directory, changes);
  const isAdmitted = async (staff: string): Promise<boolean> => "actor" in (await directory.admit({ staff }));
  const needsSecondFactor = async (staff: string): Promise<boolean | null> =>
    (await isAdmitted(staff)) ? directory.rolesOf(staff).some(opensPersonalData) : null;
  const provider =
    key &&
    openProvider({
      issuer,
      audience: configuration.OIDC_AUDIENCE,
      accounts,
      key: key.privateJwk,
      cookieKeys: [Buffer.from(key.derived("cookies")).toString("base64url")],
      isOurs: originsOf(configuration.CORS_ORIGINS),
      isAdmitted,
      refused,
    });
  const interaction = key && new Interaction({ accounts, attempts, proofKey: key.derived("proofs"), needsSecondFactor });
  await server.register(signInRoutes({ provider, interaction, arrivals, accounts, verified }));
  return arrivals;
}

/** The links that administrators hand out. `base`: where people reach this api. */
export const signInLinksOf = (accounts: Accounts, base: string): SignInLinks => ({
  hasAccount: async (staff) => (await accounts.byStaff(staff)) !== null,
  issue: async (staff, until) => `${base}/sign-in/link/${await accounts.newLink({ kind: "join", staff }, until)}`,
});
