/**
 * Shared with a thread: whether native code runs in it. A thread that is ended in the middle of ONNX Runtime's code takes the
 * whole process down with it (`terminate called after throwing an instance of 'Napi::Error'`, exit code 134), and
 * `process.exit()` ends all threads; so whoever exits waits until they are out, and they do not go in again.
 */
export type RunFlag = Int32Array<SharedArrayBuffer>;

const OUT = 0;
const IN = 1;
const CLOSED = 2;

/** Loading CLIP took 7 s on a busy machine; who exits does not wait for ever. */
const LONGEST_WAIT_MS = 15_000;

const flags = new Set<RunFlag>();

/** Raised, since a thread begins by loading. From now on the process waits for it at its exit, until `forgetRunFlag`. */
export function createRunFlag(): RunFlag {
  const flag = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  flag[0] = IN;
  if (flags.size === 0) process.on('exit', closeAll);
  flags.add(flag);
  return flag;
}

/** Once its thread has ended. */
export function forgetRunFlag(flag: RunFlag): void {
  flags.delete(flag);
  if (flags.size === 0) process.off('exit', closeAll);
}

/** In the thread, before native code runs. False when the process is exiting: then it must not. */
export function raiseRunFlag(flag: RunFlag): boolean {
  return Atomics.compareExchange(flag, 0, OUT, IN) === OUT;
}

/** In the thread, afterwards. */
export function lowerRunFlag(flag: RunFlag): void {
  Atomics.store(flag, 0, OUT);
  Atomics.notify(flag, 0);
}

function closeAll(): void {
  for (const flag of flags) {
    while (Atomics.compareExchange(flag, 0, OUT, CLOSED) === IN) {
      if (Atomics.wait(flag, 0, IN, LONGEST_WAIT_MS) === 'timed-out') break;
    }
  }
}
