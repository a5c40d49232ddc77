import { createRequire } from "node:module";
import { ChannelCredentials, credentials, type Metadata, type ServiceError } from "@grpc/grpc-js";
import type * as messages from "@eventstore/db-client/generated/users_pb.js";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { createDatabase } from "../support/postgres.js";
import { signedInAs } from "./raw.js";
import { certificate, secureClient } from "./secure.js";

const load = createRequire(import.meta.url);
const { UsersClient } = load("@eventstore/db-client/generated/users_grpc_pb.js");
const users = load("@eventstore/db-client/generated/users_pb.js") as typeof messages;

const admin = signedInAs("admin", "changeit");
const amina = (password: string) => signedInAs("amina", password);

let store: RunningEventStore;
let certificateFile: string;
let stub: InstanceType<typeof UsersClient>;
beforeAll(async () => {
  const tls = await certificate();
  ({ certificateFile } = tls);
  store = await startEventStore({ databaseUrl: await createDatabase(), port: 0, host: "localhost", tls });
  stub = new UsersClient(`localhost:${store.port}`, ChannelCredentials.createSsl(tls.certificate));
}, 60_000);
afterAll(async () => {
  stub.close();
  await store.stop();
});

/** Calls a method as somebody; answers nothing, or the status with the trailer that tells the kind of the refusal. */
const call = (method: string, request: unknown, as: Metadata): Promise<string> =>
  new Promise((resolve) => {
    stub[method](request, as, (error: ServiceError | null) =>
      resolve(error ? `${error.code} ${String(error.metadata.get("exception")[0] ?? "")}`.trim() : "ok"),
    );
  });

const create = (as = admin, login = "amina") =>
  call(
    "create",
    new users.CreateReq().setOptions(
      new users.CreateReq.Options().setLoginName(login).setFullName("Amina").setGroupsList(["workers"]).setPassword("first"),
    ),
    as,
  );
const about = (method: string, as = admin, login = "amina") => {
  const name = `${method[0]!.toUpperCase()}${method.slice(1)}Req` as "DeleteReq";
  return call(method, new users[name]().setOptions(new users[name].Options().setLoginName(login)), as);
};
const reset = (as = admin) =>
  call(
    "resetPassword",
    new users.ResetPasswordReq().setOptions(new users.ResetPasswordReq.Options().setLoginName("amina").setNewPassword("third")),
    as,
  );
const change = (current: string, as: Metadata) =>
  call(
    "changePassword",
    new users.ChangePasswordReq().setOptions(
      new users.ChangePasswordReq.Options().setLoginName("amina").setCurrentPassword(current).setNewPassword("second"),
    ),
    as,
  );
const details = (as: Metadata, login = "amina"): Promise<messages.DetailsResp.UserDetails.AsObject[] | number> =>
  new Promise((resolve) => {
    const found: messages.DetailsResp.UserDetails.AsObject[] = [];
    const request = new users.DetailsReq().setOptions(new users.DetailsReq.Options().setLoginName(login));
    stub
      .details(request, as)
      .on("data", (response: messages.DetailsResp) => found.push(response.getUserDetails()!.toObject()))
      .on("end", () => resolve(found))
      .on("error", ({ code }: ServiceError) => resolve(code));
  });
const maySignIn = async (password: string): Promise<boolean> => {
  const client = secureClient(store.port, certificateFile, `amina:${password}`);
  const written = await client.appendToStream("diary", []).then(
    () => true,
    () => false,
  );
  await client.dispose();
  return written;
};

test("an administrator makes a user, who signs in; a second of the same name is refused, and so is whoever is no administrator", async () => {
  expect(await create()).toBe("ok");
  expect(await maySignIn("first")).toBe(true);
  expect(await create()).toBe("9 user-conflict");
  expect(await create(amina("first"), "other")).toBe("7 access-denied");
  expect(await create(signedInAs("ops", "changeit"), "other")).toBe("7 access-denied");
  expect(await create(admin, "")).toBe("2");
});

test("a user is told of herself, an administrator of everybody, and nobody of others", async () => {
  const [one] = (await details(amina("first"))) as messages.DetailsResp.UserDetails.AsObject[];
  expect(one).toMatchObject({ loginName: "amina", fullName: "Amina", groupsList: ["workers"], disabled: false });
  expect(BigInt(one!.lastUpdated!.ticksSinceEpoch)).toBeGreaterThan(0n);
  expect(((await details(admin, "")) as unknown[]).length).toBe(3);
  expect(await details(amina("first"), "admin")).toBe(7);
  expect(await details(admin, "nobody")).toBe(5);
});

test("a user changes her own password with the one she has, and an administrator sets another one", async () => {
  expect(await change("wrong", amina("first"))).toBe("7 access-denied");
  expect(await change("first", signedInAs("ops", "changeit"))).toBe("7 access-denied");
  expect(await change("first", amina("first"))).toBe("ok");
  expect([await maySignIn("first"), await maySignIn("second")]).toEqual([false, true]);
  expect(await reset(amina("second"))).toBe("7 access-denied");
  expect(await reset()).toBe("ok");
  expect([await maySignIn("second"), await maySignIn("third")]).toEqual([false, true]);
});

test("who is disabled signs in no more until she is enabled; who is deleted never again", async () => {
  expect(await about("disable")).toBe("ok");
  expect(await maySignIn("third")).toBe(false);
  expect(await details(admin)).toMatchObject([{ disabled: true }]);
  expect(await about("enable")).toBe("ok");
  expect(await maySignIn("third")).toBe(true);
  const update = new users.UpdateReq().setOptions(
    new users.UpdateReq.Options().setLoginName("amina").setFullName("Amina K.").setGroupsList(["readers"]),
  );
  expect(await call("update", update, admin)).toBe("ok");
  expect(await details(admin)).toMatchObject([{ fullName: "Amina K.", groupsList: ["readers"] }]);
  expect(await about("delete", amina("third"))).toBe("7 access-denied");
  expect(await about("delete")).toBe("ok");
  expect(await maySignIn("third")).toBe(false);
  for (const method of ["delete", "enable", "disable"]) expect(await about(method)).toBe("5 user-not-found");
});

test("whoever was deleted does not come back when the store is started again", async () => {
  const databaseUrl = await createDatabase();
  const tls = await certificate();
  const options = { databaseUrl, port: 0, host: "localhost", tls };
  const first = await startEventStore(options);
  const client = new UsersClient(`localhost:${first.port}`, ChannelCredentials.createSsl(tls.certificate));
  const request = new users.DeleteReq().setOptions(new users.DeleteReq.Options().setLoginName("ops"));
  expect(await new Promise((resolve) => client.delete(request, admin, (error: ServiceError | null) => resolve(error?.code ?? "ok")))).toBe(
    "ok",
  );
  client.close();
  await first.stop();
  const second = await startEventStore(options);
  const ops = secureClient(second.port, tls.certificateFile, "ops:changeit");
  await expect(ops.appendToStream("diary", [])).rejects.toMatchObject({ code: 16 });
  await ops.dispose();
  await second.stop();
}, 30_000);

test("a store without users has no such service", async () => {
  const open = await startEventStore({ databaseUrl: await createDatabase(), port: 0 });
  const client = new UsersClient(new URL(open.url).host, credentials.createInsecure());
  const request = new users.DetailsReq().setOptions(new users.DetailsReq.Options());
  const code = await new Promise((resolve) => client.details(request).on("error", (error: ServiceError) => resolve(error.code)));
  expect(code).toBe(12);
  client.close();
  await open.stop();
}, 30_000);
