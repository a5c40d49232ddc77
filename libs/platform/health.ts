/** Something the service cannot do without. `check` throws when it is away. */
export interface Probe {
  readonly name: string;
  check(): Promise<void>;
}

/** The body of a health answer; `failing` holds names of probes, nothing of what they said. */
export interface Health {
  readonly status: "up" | "down";
  readonly failing?: readonly string[];
}

/** The process runs and answers. Says nothing of what it depends on, so that nobody restarts it because a database is away. */
export const live = (): Health => ({ status: "up" });

/** Whether requests may be sent here now: 200 when every probe answers within `timeout` milliseconds, else 503. */
export async function ready(probes: readonly Probe[], timeout = 2_000): Promise<{ httpStatus: 200 | 503; body: Health }> {
  const away = await Promise.all(probes.map(async (probe) => ((await answersWithin(probe, timeout)) ? [] : [probe.name])));
  const failing = away.flat();
  return failing.length ? { httpStatus: 503, body: { status: "down", failing } } : { httpStatus: 200, body: { status: "up" } };
}

async function answersWithin(probe: Probe, timeout: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, timeout, false);
  const check = async (): Promise<boolean> => {
    await probe.check();
    return true;
  };
  try {
    return await Promise.race([check().catch(() => false), late]);
  } finally {
    clearTimeout(timer);
  }
}
