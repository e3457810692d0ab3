import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const folder = new URL('peers/', import.meta.url);
const requirePeer = createRequire(new URL('package.json', folder));

/** Installs all of them. */
export const INSTALL = 'npm ci --prefix bench/neighbours/peers';

/** Why an engine takes no part. */
export class PeerMissing extends Error {
  override readonly name = 'PeerMissing';
}

/**
 * A package of bench/neighbours/peers, which the program itself knows nothing of.
 *
 * @typeParam Module - what is used of it; nothing checks that it has this
 * @throws PeerMissing if it is not installed, or cannot be loaded on this machine
 */
export function loadPackage<Module>(name: string): Module {
  if (!existsSync(new URL(`node_modules/${name}/package.json`, folder)))
    throw new PeerMissing(`${name} is not installed: "${INSTALL}" does so where the package can be`);
  try {
    return requirePeer(name) as Module;
  } catch (error) {
    throw new PeerMissing(`${name} does not load: ${(error as Error).message}`);
  }
}

/** `name 1.2.3` of an installed package. */
export function packageLabel(name: string): string {
  const text = readFileSync(new URL(`node_modules/${name}/package.json`, folder), 'utf8');
  return `${name} ${(JSON.parse(text) as { version: string }).version}`;
}
