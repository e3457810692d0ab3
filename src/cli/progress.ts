import { SingleBar } from 'cli-progress';

/** Shows how far a long piece of work is, with rate and time left. */
export interface Progress {
  /**
   * @param step - what is being done: `embedding`
   * @param unit - what is counted: `pictures`
   * @param total - 0 while it is not known
   */
  update(step: string, done: number, total: number, unit: string): void;
  /** Says that something has begun of which nothing can be counted. */
  note(line: string): void;
  /** Leaves the last state on the screen. */
  finish(): void;
}

/** How often a line is written where there is no terminal to redraw a bar on. */
const LINE_EVERY_MS = 5_000;

/** Draws a bar on a terminal and writes plain lines otherwise (log files, CI). To stderr by default: stdout is for results. */
export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  const show = stream.isTTY ? showBar(stream) : showLines(stream);
  let step = '';
  let startedAt = 0;
  let doneAtStart = 0;
  return {
    update(nextStep, done, total, unit) {
      if (nextStep !== step) {
        show.finish();
        [step, startedAt, doneAtStart] = [nextStep, Date.now(), done];
      }
      show.update(step, done, total, describeProgress(done, total, unit, done - doneAtStart, Date.now() - startedAt));
    },
    note(line) {
      show.finish();
      step = '';
      stream.write(`${line}\n`);
    },
    finish: () => show.finish(),
  };
}

/** @param doneHere - of `done`, what was done in the last `elapsedMs` */
export function describeProgress(
  done: number,
  total: number,
  unit: string,
  doneHere: number,
  elapsedMs: number,
): string {
  const count = total > 0 ? `${format(done)} of ${format(total)} ${unit}` : `${format(done)} ${unit}`;
  // The first second says little about the rate.
  if (doneHere <= 0 || elapsedMs < 1_000) return count;
  const perSecond = (doneHere / elapsedMs) * 1_000;
  const rate = `${perSecond >= 10 ? format(Math.round(perSecond)) : perSecond.toFixed(1)}/s`;
  return total > done ? `${count}, ${rate}, ${describeSeconds((total - done) / perSecond)} left` : `${count}, ${rate}`;
}

function describeSeconds(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function format(count: number): string {
  return count.toLocaleString('en');
}

interface Display {
  update(step: string, done: number, total: number, description: string): void;
  finish(): void;
}

function showBar(stream: NodeJS.WriteStream): Display {
  let bar: SingleBar | undefined;
  return {
    update(step, done, total, description) {
      if (!bar) {
        bar = new SingleBar({
          stream,
          format: '{step} {bar} {percentage}%  {description}',
          barCompleteChar: '█',
          barIncompleteChar: '░',
          barsize: 30,
          hideCursor: true,
        });
        bar.start(total, done, { step, description });
      }
      bar.setTotal(total);
      bar.update(done, { step, description });
    },
    finish() {
      bar?.stop();
      bar = undefined;
    },
  };
}

function showLines(stream: NodeJS.WriteStream): Display {
  let writtenAt = 0;
  let waiting: string | undefined;
  const write = (line: string) => {
    stream.write(`${line}\n`);
    writtenAt = Date.now();
    waiting = undefined;
  };
  return {
    update(step, _done, _total, description) {
      waiting = `${step}: ${description}`;
      if (Date.now() - writtenAt >= LINE_EVERY_MS) write(waiting);
    },
    finish() {
      if (waiting !== undefined) write(waiting);
    },
  };
}
