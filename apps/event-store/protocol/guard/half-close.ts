import type { Http2Session, ServerHttp2Stream } from "node:http2";

interface Round {
  readonly answered: Promise<boolean>;
}

/** What is asked of each session now, and what is to be asked after it: a session takes few pings at a time. */
const rounds = new WeakMap<Http2Session, { current: Round; next: Round | null }>();

/**
 * Whether a client that seems to have closed its side of a call has done so, and has not taken the call back.
 *
 * A call that is cancelled, or whose client is killed, ends like one that was closed: Node's own client even sends the flag that ends
 * a stream before the reset that cancels it. So the client is pinged. It answers after everything that it had sent before, a reset
 * among it, and whoever is gone does not answer.
 */
export async function isClosedBySender(stream: ServerHttp2Stream): Promise<boolean> {
  const { session } = stream;
  if (isTakenBack(stream) || !session || session.destroyed) return false;
  return (await roundTrip(session)) && !isTakenBack(stream);
}

const isTakenBack = (stream: ServerHttp2Stream): boolean => stream.aborted || stream.closed || stream.destroyed;

/** Answers false where the client has gone. Must begin after the call: a ping that is under way does not tell of what came since. */
function roundTrip(session: Http2Session): Promise<boolean> {
  const asked = rounds.get(session);
  if (!asked) return begin(session).answered;
  asked.next ??= { answered: asked.current.answered.then(() => begin(session).answered) };
  return asked.next.answered;
}

function begin(session: Http2Session): Round {
  const current = { answered: ping(session) };
  const round: { current: Round; next: Round | null } = { current, next: null };
  rounds.set(session, round);
  void current.answered.then(() => round.next === null && rounds.get(session) === round && rounds.delete(session));
  return current;
}

const ping = (session: Http2Session): Promise<boolean> =>
  new Promise((resolve) => {
    if (session.destroyed || !session.ping((error) => resolve(!error))) resolve(false);
  });
