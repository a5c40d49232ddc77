import type { FastifyRequest } from "fastify";
import { isSame } from "#platform/sign-in/digest.js";

const loopback = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;

/**
 * Who may read the figures: whoever has the token or, where there is none, this machine. How busy a shelter is, and when, is not for
 * everybody. What a proxy passes on comes from elsewhere, whether or not it is believed.
 */
export const watchersBy =
  (token: string | undefined) =>
  ({ ip, headers }: Pick<FastifyRequest, "ip" | "headers">): boolean => {
    if (token === undefined) return loopback.test(ip) && headers["x-forwarded-for"] === undefined && headers.forwarded === undefined;
    const sent = /^Bearer (\S+)$/i.exec(headers.authorization ?? "")?.[1] ?? "";
    return isSame(sent, token);
  };
