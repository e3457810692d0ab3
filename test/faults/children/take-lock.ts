/** Takes the lock on the folder given, says `taken` or the refusal, and holds it until its standard input ends. */
import { takeEmbeddedLock } from '../../../src/database/embedded-lock.ts';
import { AppError } from '../../../src/errors.ts';

const [, , folder = ''] = process.argv;
try {
  const lock = await takeEmbeddedLock(folder);
  console.log('taken');
  process.stdin.resume().on('end', () => lock.release());
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.log(`${error.code} ${error.message}`);
  process.stdin.destroy();
}
