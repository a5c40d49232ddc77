import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import { ConsentDocument, DraftsDocument, FileDocument, NameDocument, OpenDocument, type FileQuery, type OpenCase } from "./operations.js";

// The same with types that were made of the served GraphQL schema.

/** From an opened case to what is known of her. */
export async function journey(base: string, token: string, opening: OpenCase): Promise<NonNullable<FileQuery["case"]>> {
  async function ask<Result, Variables>(document: TypedDocumentNode<Result, Variables>, variables: Variables): Promise<Result> {
    const response = await fetch(`${base}/graphql`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ query: print(document), variables }),
    });
    const { data, errors } = (await response.json()) as { data: Result; errors?: object[] };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }
  const { openCase } = await ask(OpenDocument, { input: opening, key: crypto.randomUUID() });
  const id = openCase!.id;
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  await ask(ConsentDocument, {
    id,
    input: {
      purpose: "Interview",
      recipients: ["4c5a1f60-0000-4000-8000-0000000000ff"],
      dataClasses: ["identity", "narrative"],
      expiresAt,
      givenBy: "self",
      evidence: "Signature",
    },
  });
  const { recordIdentity } = await ask(NameDocument, { id, input: { givenName: "Examplina", citizenships: ["TZ"], languages: ["sw"] } });
  const position = recordIdentity!.position;
  if (position === null) throw new Error("nothing was recorded");
  const { case: file } = await ask(FileDocument, { id, after: position });
  const { cases } = await ask(DraftsDocument, {});
  if (!cases!.items.some((each) => each.id === id)) throw new Error("the list does not show the case");
  return file!;
}
