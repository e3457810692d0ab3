// Adds the counts of vitest's JSON reports and prints one line: `N passed, N failed, N skipped`.
// Before that, where the time went: each project of tests, and the files that took longest, in seconds of the clock, several at a time.
// A file that failed before its first test, and a run that left no report, count as one failure each.
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** Files that are named. */
const LONGEST = 15;

const total = { passed: 0, failed: 0, skipped: 0 };
/** Of each file that ran: the part of CI, the project of tests, its path below test/, seconds. */
const times = [];
for (const file of process.argv.slice(2)) {
  if (!existsSync(file)) {
    total.failed += 1;
    continue;
  }
  const report = JSON.parse(readFileSync(file, 'utf8'));
  for (const { name, startTime, endTime } of report.testResults) {
    const below = name.slice(name.lastIndexOf('/test/') + '/test/'.length);
    times.push({
      part: basename(file, '.json'),
      project: below.split('/')[0],
      below,
      seconds: (endTime - startTime) / 1000,
    });
  }
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  );
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests + brokenFiles.length;
  total.skipped += report.numPendingTests + report.numTodoTests;
}

process.stdout.write('\nSeconds of the files of each project, added up:\n');
for (const [suite, seconds] of bySuite(times)) print(suite, seconds);
process.stdout.write(`The ${LONGEST} files that took longest:\n`);
for (const { part, below, seconds } of times.sort((a, b) => b.seconds - a.seconds).slice(0, LONGEST))
  print(`${part}: ${below}`, seconds);
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);

function bySuite(files) {
  const suites = new Map();
  for (const file of files) {
    const suite = `${file.part}: ${file.project}`;
    suites.set(suite, (suites.get(suite) ?? 0) + file.seconds);
  }
  return suites;
}

function print(name, seconds) {
  process.stdout.write(`${seconds.toFixed(1).padStart(8)}  ${name}\n`);
}
