import type { Adapter, AdapterPayload } from "oidc-provider";
import type { Pool } from "pg";

/** What the OpenID provider keeps: sessions, interactions, grants, codes and refresh tokens, until each ends. */
export const providerStore =
  (pool: Pool) =>
  (model: string): Adapter => {
    const found = async (condition: string, value: string): Promise<AdapterPayload | undefined> => {
      const text = `select payload from sign_in.provider where model = $1 and ${condition} = $2 and (until is null or until > now())`;
      return (await pool.query<{ payload: AdapterPayload }>(text, [model, value])).rows[0]?.payload;
    };
    return {
      find: (id) => found("id", id),
      findByUid: (uid) => found("payload->>'uid'", uid),
      findByUserCode: async () => undefined,
      async upsert(id, payload, expiresIn) {
        const until = expiresIn ? new Date(Date.now() + expiresIn * 1_000) : null;
        const text = `insert into sign_in.provider values ($1, $2, $3, $4, $5) on conflict (model, id)
          do update set payload = excluded.payload, until = excluded.until, account = excluded.account`;
        await pool.query(text, [model, id, JSON.stringify(payload), until, payload.accountId ?? null]);
        if (model === "Session") await pool.query("delete from sign_in.provider where until < now() - interval '1 hour'");
      },
      async consume(id) {
        const text =
          "update sign_in.provider set payload = payload || jsonb_build_object('consumed', $3::bigint) where model = $1 and id = $2";
        await pool.query(text, [model, id, Math.floor(Date.now() / 1_000)]);
      },
      async destroy(id) {
        await pool.query("delete from sign_in.provider where model = $1 and id = $2", [model, id]);
      },
      async revokeByGrantId(grant) {
        await pool.query("delete from sign_in.provider where model = $1 and payload->>'grantId' = $2", [model, grant]);
      },
    };
  };
