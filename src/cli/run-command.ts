import { setMaxListeners } from 'node:events';
import { constants } from 'node:os';
import pino, { type Logger } from 'pino';
import { type Config, loadConfig } from '../config.ts';
import { AppError, ERRORS } from '../errors.ts';

/** What every command is given. */
export interface CommandContext {
  readonly config: Config;
  /** Writes to stderr: stdout is for what was asked for. */
  readonly logger: Logger;
  /** Aborted by the first SIGINT or SIGTERM; the command then ends cleanly. A second one ends the process at once. */
  readonly signal: AbortSignal;
}

export interface CommandOptions {
  /** Whether a failure is printed as JSON too. */
  readonly json?: boolean;
  /** Log level where LOOKGRAPH_LOG_LEVEL does not say (error). */
  readonly logLevel?: Config['logLevel'];
}

/** As shells count a process that a signal ended. */
export const EXIT_INTERRUPTED = 128 + constants.signals.SIGINT;

/**
 * Runs a command: reads the configuration, listens to signals, and turns what it throws into one clear line and the exit code of the
 * table of errors.
 *
 * @param command - returns the exit code; it closes what it opened, so that the process ends by itself
 */
export async function runCommand(
  command: (context: CommandContext) => Promise<number>,
  options: CommandOptions = {},
): Promise<void> {
  const controller = new AbortController();
  // Every encode and fetch under way listens; Node.js takes more than ten listeners for a leak.
  setMaxListeners(0, controller.signal);
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED);
    controller.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    const config = loadConfig();
    const level = config.logLevel ?? options.logLevel ?? 'error';
    const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
    process.exitCode = await command({ config, logger, signal: controller.signal });
  } catch (error) {
    const interrupted = controller.signal.aborted && !(error instanceof AppError);
    if (interrupted) process.stderr.write('lookgraph: interrupted\n');
    process.exitCode = interrupted ? EXIT_INTERRUPTED : reportFailure(error, options.json ?? false);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** @returns the exit code */
function reportFailure(error: unknown, json: boolean): number {
  const code = error instanceof AppError ? error.code : 'INTERNAL';
  const message = error instanceof Error ? error.message : String(error);
  if (json) {
    process.stderr.write(`${JSON.stringify({ error: { code, message, retryable: ERRORS[code].retryable } })}\n`);
  } else {
    process.stderr.write(`lookgraph: ${message} [${code}]\n`);
    // A defect of ours: whoever runs the program needs the place to report it.
    if (code === 'INTERNAL' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  }
  return ERRORS[code].exitCode;
}
