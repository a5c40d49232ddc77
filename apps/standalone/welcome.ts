import { demoPassword, demoPeople, demoShelters } from "#platform/sign-in/sign-in.js";

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join("  ")}`.trimEnd()).join("\n");
};

/** Where everything is, once it is there. */
export const addresses = (base: string): string =>
  table([
    ["REST", `${base}/v1`],
    ["OpenAPI", `${base}/v1/docs`],
    ["GraphQL", `${base}/graphql`],
    ["try it", `${base}/altair/`],
    ["Health", `${base}/health/ready`],
  ]);

const place = (shelter: string | undefined): string => Object.entries(demoShelters).find(([, id]) => id === shelter)?.[0] ?? "";

/** How to sign in at the built-in issuer, and as whom. */
export const signIn = (base: string): string => `
Sign in as an invented person of this table:
  curl -s ${base}/sign-in/token -d grant_type=password -d username=${demoPeople[0]!.username} -d password=${demoPassword}
and send the answer's access_token with every request: "Authorization: Bearer ...".

${table(demoPeople.map(({ username, role, shelter }) => [username, role, place(shelter)]))}
`;
