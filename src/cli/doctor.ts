import { checkDatabase } from './doctor-database.ts';
import { checkDataFolder, checkDisk, checkModelFolders, checkNode } from './doctor-machine.ts';
import type { Finding } from './finding.ts';
import { printJson, printLine } from './print.ts';
import { type CommandContext, runCommand } from './run-command.ts';

/** `lookgraph doctor`: exit code 1 if anything fails. Changes nothing. */
export async function runDoctor(options: { json?: boolean }): Promise<void> {
  await runCommand(async (context) => {
    const findings = await examine(context);
    if (options.json) printJson(findings);
    else for (const finding of findings) printFinding(finding);
    return findings.some(({ status }) => status === 'fail') ? 1 : 0;
  }, options);
}

async function examine({ config }: CommandContext): Promise<Finding[]> {
  return [
    checkNode(process.versions.node),
    await checkDataFolder(config.dataFolder),
    await checkDisk(config.dataFolder),
    ...(await checkModelFolders()),
    ...(await checkDatabase(config)),
  ];
}

function printFinding({ check, status, found, remedy }: Finding): void {
  printLine(`${status.padEnd(4)}  ${check.padEnd(14)}  ${found}`);
  if (remedy !== undefined) printLine(`${' '.repeat(22)}-> ${remedy}`);
}
