/** Somebody who can sign in at a demo. */
export interface DemoPerson {
  readonly username: string;
  readonly password: string;
  readonly role: string;
}

const table = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}\n`).join("");
};

/** Where everything is, once it is there. */
export const addresses = (base: string): string =>
  table([
    ["REST", `${base}/v1`],
    ["OpenAPI", `${base}/v1/docs`],
    ["GraphQL", `${base}/graphql`],
    ["GraphiQL", `${base}/graphiql`],
    ["Health", `${base}/health/ready`],
  ]);

/** How to sign in as each invented person, for a terminal. Empty where there is none. */
export const signIn = (base: string, people: readonly DemoPerson[]): string =>
  people.length === 0
    ? ""
    : `\nSign in as an invented person; the answer's access_token goes into "Authorization: Bearer ...":\n` +
      table(
        people.map(({ username, password, role }) => [
          role,
          `curl -s ${base}/sign-in/token -d grant_type=password -d username=${username} -d password=${password}`,
        ]),
      );
