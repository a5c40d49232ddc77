import type { LoggerService } from "@nestjs/common";
import type { Logger } from "pino";

type Level = "error" | "warn" | "debug" | "fatal";

/** Nest's own lines, through the same allow-list. Nest passes the context last, and to `error` a stack before it. */
export const nestLogger = (logger: Logger): LoggerService => {
  const write = (level: Level, message: unknown, more: readonly unknown[]): void => {
    const context = more.at(-1);
    const fields = { ...(typeof context === "string" ? { context } : {}), ...(message instanceof Error ? { error: message } : {}) };
    const quotesAnError = more.length > 1 || typeof message !== "string";
    logger[level](fields, quotesAnError ? "Unexpected error" : message);
  };
  return {
    // What Nest tells at the start is for whoever works on it.
    log: (message, ...more) => write("debug", message, more),
    error: (message, ...more) => write("error", message, more),
    warn: (message, ...more) => write("warn", message, more),
    debug: (message, ...more) => write("debug", message, more),
    verbose: (message, ...more) => write("debug", message, more),
    fatal: (message, ...more) => write("fatal", message, more),
  };
};
