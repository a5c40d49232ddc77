import { jest } from "@jest/globals";
import { wrappingKey } from "#seal/key-encryption-key.js";
import { openSeal, type Seal } from "#seal/seal.js";
import { partsOf } from "#seal/sealed.js";
import { randomUUID } from "node:crypto";
import { Client, Pool } from "pg";
import { createDatabase } from "../support/postgres.js";

const key = wrappingKey(Buffer.alloc(32, 5));
const order = { reason: "retention-ended", authorisedBy: ["dpo-1", "supervisor-1"] };
const place = () => ({ stream: `case-${randomUUID()}`, event: randomUUID(), type: "ContactDetailsRecorded" });
const name = { name: "Example Person", phone: "+255 700 000 001" };

let keyringUrl: string;
let seal: Seal;
let elsewhere: Seal;
let database: Client;
beforeAll(async () => {
  keyringUrl = await createDatabase();
  [seal, elsewhere] = await Promise.all([openSeal({ keyringUrl, key }), openSeal({ keyringUrl, key })]);
  database = new Client({ connectionString: keyringUrl });
  await database.connect();
});
afterAll(() => Promise.all([seal.close(), elsewhere.close(), database.end()]));

const sealName = async (subject: string) => {
  const where = place();
  return partsOf(where, await seal.seal(where, { [subject]: { identity: name } }));
};

describe("sealing and opening", () => {
  test("each class of each person is sealed alone, and another process opens them in order", async () => {
    const [survivor, sister] = [randomUUID(), randomUUID()];
    const where = place();
    const sealed = await seal.seal(where, {
      [survivor]: { identity: name, health: { note: "asthma" } },
      [sister]: { contact: { phone: "+255 700 000 002" } },
    });
    expect(JSON.stringify(sealed)).not.toMatch(/Example|asthma|255/);
    expect(await elsewhere.open(partsOf(where, sealed))).toEqual([name, { note: "asthma" }, { phone: "+255 700 000 002" }]);
  });

  test("the facts of one append are sealed together, each bound to its own event", async () => {
    const subject = randomUUID();
    const [first, second] = [place(), place()];
    const sealed = await seal.sealAll([
      { place: first, personal: { [subject]: { identity: name } } },
      { place: second, personal: { [subject]: { identity: name } } },
    ]);
    expect(await seal.open([...partsOf(first, sealed[0]!), ...partsOf(second, sealed[1]!)])).toEqual([name, name]);
    await expect(seal.open(partsOf(first, sealed[1]!))).rejects.toMatchObject({ code: "SealTampered" });
  });

  test("a name sealed for one person does not open as another's", async () => {
    const [[part], [other]] = await Promise.all([sealName(randomUUID()), sealName(randomUUID())]);
    await expect(seal.open([{ ...part!, subject: other!.subject }])).rejects.toMatchObject({ code: "SealTampered" });
  });

  test("many first seals of one person, in two processes at once, agree on one key", async () => {
    const subject = randomUUID();
    const places = Array.from({ length: 20 }, place);
    const sealed = await Promise.all(places.map((where, n) => (n % 2 ? seal : elsewhere).seal(where, { [subject]: { identity: name } })));
    const opened = await seal.open(places.flatMap((where, n) => partsOf(where, sealed[n]!)));
    expect(opened).toEqual(places.map(() => name));
  });

  test("a page of boxes costs one question to the keyring", async () => {
    const parts = (await Promise.all(Array.from({ length: 30 }, () => sealName(randomUUID())))).flat();
    const fresh = await openSeal({ keyringUrl, key });
    const questions = jest.spyOn(Pool.prototype, "query");
    expect(await fresh.open(parts)).toHaveLength(30);
    expect(questions).toHaveBeenCalledTimes(1);
    expect(await fresh.open(parts)).toHaveLength(30);
    expect(questions).toHaveBeenCalledTimes(1);
    questions.mockRestore();
    await fresh.close();
  });

  test("nothing to seal and nothing to open asks for nothing", async () => {
    expect(await seal.seal(place(), {})).toEqual({});
    expect(await seal.open([])).toEqual([]);
  });

  test("a person whose key this keyring never had is an outage, not an erasure", async () => {
    const [part] = await sealName(randomUUID());
    await expect(seal.open([{ ...part!, subject: randomUUID() }])).rejects.toMatchObject({ code: "SubjectKeyMissing" });
  });

  test("the same id in capitals is refused, since it would be two persons to the seal", async () => {
    await expect(seal.seal(place(), { [randomUUID().toUpperCase()]: { identity: name } })).rejects.toMatchObject({ code: "SealMalformed" });
  });
});

describe("erasure", () => {
  test("after destruction a name is gone, everywhere at once, and another person's stays", async () => {
    const [gone, stays] = [await sealName(randomUUID()), await sealName(randomUUID())];
    expect(await elsewhere.open([...gone, ...stays])).toEqual([name, name]);
    await seal.destroy(gone[0]!.subject, order);
    expect(await seal.open([...gone, ...stays])).toEqual([null, name]);
    await until(async () => (await elsewhere.open(gone))[0] === null);
  });

  test("a process whose line to the keyring broke hears of destructions again once it stands", async () => {
    const listening = async () => {
      const { rows } = await database.query<{ pid: number }>(
        "select pid from pg_stat_activity where datname = current_database() and query like 'listen %'",
      );
      return rows.map(({ pid }) => pid);
    };
    const before = await listening();
    await database.query("select pg_terminate_backend(pid) from unnest($1::int[]) as pid", [before]);
    await until(async () => (await listening()).filter((pid) => !before.includes(pid)).length === before.length);
    const parts = await sealName(randomUUID());
    expect(await elsewhere.open(parts)).toEqual([name]);
    await seal.destroy(parts[0]!.subject, order);
    await until(async () => (await elsewhere.open(parts))[0] === null);
  });

  test("a key that was on its way when it was destroyed is not remembered", async () => {
    const parts = await sealName(randomUUID());
    const [arrived, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const unwrap: typeof key.unwrap = async (wrapped, subject) => {
      if (subject === parts[0]!.subject) {
        arrived.resolve();
        await goOn.promise;
      }
      return key.unwrap(wrapped, subject);
    };
    const slow = await openSeal({ keyringUrl, key: { ...key, unwrap } });
    const underWay = slow.open(parts);
    await arrived.promise;
    const another = await sealName(randomUUID());
    await slow.open(another);
    await seal.destroy(parts[0]!.subject, order);
    await seal.destroy(another[0]!.subject, order);
    await until(async () => (await slow.open(another))[0] === null);
    goOn.resolve();
    expect(await underWay).toEqual([name]);
    expect(await slow.open(parts)).toEqual([null]);
    await slow.close();
  });

  test("no late write brings an erased person back", async () => {
    const [part] = await sealName(randomUUID());
    await seal.destroy(part!.subject, order);
    await expect(seal.seal(place(), { [part!.subject]: { identity: name } })).rejects.toMatchObject({ code: "SubjectErased" });
    const { rows } = await database.query("select state, wrapped, reason, authorised_by from subject_key where subject = $1", [
      part!.subject,
    ]);
    expect(rows).toEqual([{ state: "destroyed", wrapped: null, reason: "retention-ended", authorised_by: ["dpo-1", "supervisor-1"] }]);
  });

  test("a person of whom nothing was sealed yet can be erased before the first late write", async () => {
    const subject = randomUUID();
    await seal.destroy(subject, order);
    await expect(seal.seal(place(), { [subject]: { identity: name } })).rejects.toMatchObject({ code: "SubjectErased" });
  });

  test("erasing twice changes nothing", async () => {
    const [part] = await sealName(randomUUID());
    await seal.destroy(part!.subject, order);
    await seal.destroy(part!.subject, { reason: "own-request", authorisedBy: ["dpo-2", "supervisor-2"] });
    const { rows } = await database.query<{ reason: string }>("select reason from subject_key where subject = $1", [part!.subject]);
    expect(rows[0]!.reason).toBe("retention-ended");
  });

  test.each([[[]], [["dpo-1"]], [["dpo-1", "dpo-1"]], [["dpo-1", "DPO-1 "]], [["dpo-1", ""]], [["a", "b", "c"]]])(
    "%j are not two persons",
    async (authorisedBy) => {
      const parts = await sealName(randomUUID());
      await expect(seal.destroy(parts[0]!.subject, { ...order, authorisedBy })).rejects.toMatchObject({ code: "TwoPersonsRequired" });
      expect(await seal.open(parts)).toEqual([name]);
    },
  );

  test("a legal hold keeps the data usable and forbids erasure until it is released", async () => {
    const parts = await sealName(randomUUID());
    const { subject } = parts[0]!;
    await seal.hold(subject, { reason: "court-order", authorisedBy: ["dpo-1"] });
    await expect(seal.destroy(subject, order)).rejects.toMatchObject({ code: "SubjectKeyOnHold" });
    expect(await seal.open(parts)).toEqual([name]);
    await seal.release(subject, { reason: "court-order-ended", authorisedBy: ["dpo-1"] });
    await seal.destroy(subject, order);
    expect(await seal.open(parts)).toEqual([null]);
  });

  test("a hold that comes after the erasure is told so", async () => {
    const subject = randomUUID();
    await seal.destroy(subject, order);
    await expect(seal.hold(subject, order)).rejects.toMatchObject({ code: "SubjectErased" });
    await expect(seal.release(subject, order)).rejects.toMatchObject({ code: "SubjectErased" });
    await expect(seal.release(randomUUID(), order)).rejects.toMatchObject({ code: "SubjectKeyMissing" });
  });

  test("not even an administrator of the database can lift or remove a tombstone with a plain statement", async () => {
    const subject = randomUUID();
    await seal.destroy(subject, order);
    const late = "update subject_key set state = 'active', wrapped = '\\x00', destroyed_at = null where subject = $1";
    await expect(database.query(late, [subject])).rejects.toThrow("destroyed for ever");
    await expect(database.query("delete from subject_key where subject = $1", [subject])).rejects.toThrow("destroyed for ever");
  });

  test("sealing that races with erasure never leaves a key behind", async () => {
    const subjects = Array.from({ length: 10 }, () => randomUUID());
    await Promise.all(
      subjects.flatMap((subject) => [
        seal.seal(place(), { [subject]: { identity: name } }).catch(() => null),
        elsewhere.destroy(subject, order),
      ]),
    );
    const { rows } = await database.query("select 1 from subject_key where subject = any($1::uuid[]) and wrapped is not null", [subjects]);
    expect(rows).toEqual([]);
  });
});

describe("the keyring and its key-encryption key", () => {
  test("a wrong key-encryption key is recognised at the start", async () => {
    await expect(openSeal({ keyringUrl, key: wrappingKey(Buffer.alloc(32, 6)) })).rejects.toMatchObject({ code: "WrongKeyEncryptionKey" });
  });

  test("a wrong key that goes by the right name is recognised too", async () => {
    const impostor = { ...wrappingKey(Buffer.alloc(32, 6)), id: key.id };
    await expect(openSeal({ keyringUrl, key: impostor })).rejects.toMatchObject({ code: "WrongKeyEncryptionKey" });
  });

  test("a key moved into another person's row does not open", async () => {
    const [mine, other] = [await sealName(randomUUID()), await sealName(randomUUID())];
    await database.query("update subject_key set wrapped = (select wrapped from subject_key where subject = $1) where subject = $2", [
      other[0]!.subject,
      mine[0]!.subject,
    ]);
    const fresh = await openSeal({ keyringUrl, key });
    await expect(fresh.open(mine)).rejects.toMatchObject({ code: "WrongKeyEncryptionKey" });
    await fresh.close();
  });

  test("a keyring that is away is an outage: nothing is sealed, and nothing counts as erased", async () => {
    const url = new URL(await createDatabase());
    const away = await openSeal({ keyringUrl: url.href, key });
    const where = place();
    const subject = randomUUID();
    const parts = partsOf(where, await away.seal(where, { [subject]: { identity: name } }));
    await database.query(`alter database ${url.pathname.slice(1)} allow_connections false`);
    await database.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [url.pathname.slice(1)]);
    const gone = { code: "KeyringUnavailable" };
    await until(() =>
      away.open(parts).then(
        () => false,
        () => true,
      ),
    );
    await expect(away.open(parts)).rejects.toMatchObject(gone);
    await expect(away.seal(place(), { [randomUUID()]: { identity: name } })).rejects.toMatchObject(gone);
    await expect(openSeal({ keyringUrl: url.href, key })).rejects.toMatchObject(gone);
    await database.query(`alter database ${url.pathname.slice(1)} allow_connections true`);
    expect(await away.open(parts)).toEqual([name]);
    await away.close();
  });
});

describe("fingerprints of requests", () => {
  test("the same request has one fingerprint, in every process and whatever the order of its fields", async () => {
    for (const subject of [undefined, randomUUID()]) {
      const one = await seal.fingerprint({ a: 1, b: ["x"] }, subject);
      expect(one).toBe(await elsewhere.fingerprint({ b: ["x"], a: 1 }, subject));
      expect(one).toMatch(/^[\da-f]{64}$/);
      expect(one).not.toBe(await seal.fingerprint({ a: 2, b: ["x"] }, subject));
      expect(one).not.toBe(await seal.fingerprint({ a: 1, b: ["x"] }, randomUUID()));
    }
  });

  test("without the keyring nobody can check a guess against a fingerprint", async () => {
    const other = await openSeal({ keyringUrl: await createDatabase(), key });
    expect(other.fingerprint({ bornOn: "2009-01-01" })).not.toBe(seal.fingerprint({ bornOn: "2009-01-01" }));
    await other.close();
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const start = Date.now(); !(await holds()); await new Promise((wake) => setTimeout(wake, 20)))
    if (Date.now() - start > 5_000) throw new Error("It did not come true within 5 seconds.");
}
