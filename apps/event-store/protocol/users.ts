import { status, type sendUnaryData, type ServerUnaryCall, type ServerWritableStream } from "@grpc/grpc-js";
import type * as messages from "@eventstore/db-client/generated/users_pb.js";
import { mayManageUsers } from "../semantics/access.js";
import type { User, Users } from "../storage/users.js";
import { addressOf, type Access, type IncomingCall } from "./access.js";
import { accessDenied, badRequest, failure, failureOf } from "./failure.js";
import { users as generated } from "./generated.js";

const unknown = (login: string) =>
  failure(status.NOT_FOUND, `User '${login}' is not found.`, { exception: "user-not-found", "login-name": login });
const known = (login: string) =>
  failure(status.FAILED_PRECONDITION, `User '${login}' already exists.`, { exception: "user-conflict", "login-name": login });

interface LoginRequest {
  getOptions(): { getLoginName(): string } | undefined;
}

const loginOf = (request: LoginRequest): string => {
  const login = request.getOptions()?.getLoginName() ?? "";
  if (login === "" || login.includes("\0")) throw badRequest("A user needs a login name.");
  return login;
};

const passwordOf = (password: string): string => {
  if (password === "") throw badRequest("A user needs a password.");
  return password;
};

/** A call of an administrator, about one user. `work` answers false where there is no such user. */
const about =
  <Request extends LoginRequest, Response>(
    access: Access,
    response: new () => Response,
    work: (login: string, request: Request) => Promise<boolean>,
  ) =>
  (call: ServerUnaryCall<Request, Response>, answer: sendUnaryData<Response>): void => {
    const run = async () => {
      if (!mayManageUsers(await access.callerOf(call))) throw accessDenied();
      const login = loginOf(call.request);
      if (!(await work(login, call.request))) throw unknown(login);
      // Others hear of it from the database; here the old password is of no use from the answer on.
      access.signIn!.forget();
      return new response();
    };
    run().then(
      (message) => answer(null, message),
      (error: unknown) => answer(failureOf(error)),
    );
  };

/** `Users`: who may sign in. Administrators look after them; anybody changes her own password, who knows the one she has. */
export const userManagementOf = (access: Access, users: Users) => ({
  create: about(access, generated.CreateResp, async (login, request: messages.CreateReq) => {
    const options = request.getOptions()!;
    const made = await users.create(login, options.getFullName(), options.getGroupsList(), passwordOf(options.getPassword()));
    if (!made) throw known(login);
    return true;
  }),
  update: about(access, generated.UpdateResp, (login, request: messages.UpdateReq) => {
    const options = request.getOptions()!;
    return users.change(login, { fullName: options.getFullName(), groups: options.getGroupsList() });
  }),
  delete: about(access, generated.DeleteResp, (login) => users.remove(login)),
  disable: about(access, generated.DisableResp, (login) => users.change(login, { disabled: true })),
  enable: about(access, generated.EnableResp, (login) => users.change(login, { disabled: false })),
  resetPassword: about(access, generated.ResetPasswordResp, (login, request: messages.ResetPasswordReq) =>
    users.change(login, { password: passwordOf(request.getOptions()!.getNewPassword()) }),
  ),
  changePassword(
    call: ServerUnaryCall<messages.ChangePasswordReq, messages.ChangePasswordResp>,
    answer: sendUnaryData<messages.ChangePasswordResp>,
  ) {
    changePassword(access, users, call, call.request).then(
      () => answer(null, new generated.ChangePasswordResp()),
      (error: unknown) => answer(failureOf(error)),
    );
  },
  details(call: ServerWritableStream<messages.DetailsReq, messages.DetailsResp>) {
    const answer = async () => {
      for (const user of await details(access, users, call, call.request)) call.write(detailsOf(user));
      call.end();
    };
    answer().catch((error: unknown) => call.emit("error", failureOf(error)));
  },
});

async function changePassword(access: Access, users: Users, call: IncomingCall, request: messages.ChangePasswordReq): Promise<void> {
  const caller = await access.callerOf(call);
  const login = loginOf(request);
  const isOwn = typeof caller === "object" && caller.login === login;
  if (!isOwn && !mayManageUsers(caller)) throw accessDenied();
  if (!(await users.one(login))) throw unknown(login);
  const options = request.getOptions()!;
  // Counted as any other try to sign in: nobody may find a password out by changing it.
  if (!(await access.signIn!.check(login, options.getCurrentPassword(), addressOf(call)))) throw accessDenied();
  await users.change(login, { password: passwordOf(options.getNewPassword()) });
  access.signIn!.forget();
}

/** One user, to herself and to administrators; all of them, where no login is given. */
async function details(access: Access, users: Users, call: IncomingCall, request: messages.DetailsReq): Promise<readonly User[]> {
  const caller = await access.callerOf(call);
  const login = request.getOptions()?.getLoginName() ?? "";
  const isOwn = typeof caller === "object" && caller.login === login;
  if (!isOwn && !mayManageUsers(caller)) throw accessDenied();
  const logins = login === "" ? (await users.all()).map((each) => each.login) : [login];
  const found = await Promise.all(logins.map((each) => users.one(each)));
  if (login !== "" && !found[0]) throw unknown(login);
  return found.filter((user) => user !== null);
}

function detailsOf({ login, fullName, groups, disabled, updatedAt }: User): messages.DetailsResp {
  const ticks = BigInt(updatedAt.getTime()) * 10_000n;
  return new generated.DetailsResp().setUserDetails(
    new generated.DetailsResp.UserDetails()
      .setLoginName(login)
      .setFullName(fullName)
      .setGroupsList([...groups])
      .setDisabled(disabled)
      .setLastUpdated(new generated.DetailsResp.UserDetails.DateTime().setTicksSinceEpoch(ticks.toString())),
  );
}
