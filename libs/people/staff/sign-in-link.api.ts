import { Field, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import { v4 as uuidv4 } from "uuid";
import { may } from "#access/decide.js";
import type { ProtectedRecord } from "#access/record.js";
import type { Answered, Call } from "#api/operations/operation.js";
import { everyChangeRefuses } from "#api/operations/problem-codes.js";
import { require } from "#kernel/kernel.js";
import { Change } from "#store/change.js";
import { staffArea } from "../areas.js";
import { isYoursToGive } from "../membership/membership.js";
import { staffRecords } from "./staff-records.js";
import { IssueSignInLink, issueSignInLink, linkLifetime } from "./staff.js";

@ObjectType("SignInLink")
export class SignInLink {
  @Field({ description: "Give it to her and to nobody else: whoever opens it first chooses how she signs in" }) @ApiProperty() url!: string;
  @Field({ description: "It can be used until then, once" }) @ApiProperty({ format: "date-time" }) until!: string;
}

/**
 * A one-time link by which somebody signs in for the first time, or anew. Whoever holds it becomes her: so nobody is given one who has an account
 * already, but by a colleague who could have given her every role that she has.
 */
export const signInLinkOf = (about: ProtectedRecord): Answered => ({
  name: "issueSignInLink",
  kind: "mutation",
  path: "/staff/{id}/issue-sign-in-link",
  summary: "a one-time link by which she signs in for the first time, or anew",
  tag: "staff",
  input: IssueSignInLink,
  returns: SignInLink,
  permission: may("write", staffArea, "Administration"),
  problems: {
    409: ["NobodySignsInHere", "LinkForOneself", "RoleNotYoursToGive", "AlreadySignsIn", "NotYourColleague", ...everyChangeRefuses],
  },
  about,
  async run({ actor, id, input, envelope, services }: Call) {
    const { people, signInLinks, commands, changes } = services;
    const { kind } = input as IssueSignInLink;
    require(signInLinks, "NobodySignsInHere");
    require(actor.id !== id, "LinkForOneself");
    require(people.postsOf(id).every(({ roles, host }) => roles.every((role) => isYoursToGive(actor, role, host))), "RoleNotYoursToGive");
    if (kind === "Invitation") require(!(await signInLinks.hasAccount(id)), "AlreadySignsIn");
    else require(people.isColleague(actor, id), "NotYourColleague");
    const until = new Date(changes.clock().getTime() + linkLifetime);
    const { revision, position } = await commands.execute(
      new Change(staffRecords, id, issueSignInLink, input, actor, {
        commandId: envelope.key ?? uuidv4(),
        purpose: "Administration",
        ...(envelope.revision !== undefined && { expectedRevision: envelope.revision }),
      }),
    );
    const url = await signInLinks.issue(id, until);
    return { body: { url, until: until.toISOString() }, revision, position: position?.commit };
  },
});
