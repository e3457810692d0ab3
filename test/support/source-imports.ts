/** One import or re-export of a source file. */
export interface SourceImport {
  /** From 1. */
  readonly line: number;
  readonly specifier: string;
  /** Gone after compilation. */
  readonly typeOnly: boolean;
}

const FROM = /^(?:import|export)\b(?<clause>[^;'"]*?)\bfrom\s*['"](?<specifier>[^'"]+)['"]/gm;
const SIDE_EFFECT = /^import\s*['"](?<specifier>[^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"](?<specifier>[^'"]+)['"]/gm;

/** Reads the imports of TypeScript source with regular expressions: TypeScript 7 has no API, and Biome keeps statements in one shape. */
export function sourceImports(source: string): SourceImport[] {
  return [FROM, SIDE_EFFECT, DYNAMIC]
    .flatMap((pattern) => Array.from(source.matchAll(pattern)))
    .map((match) => ({
      line: source.slice(0, match.index).split('\n').length,
      specifier: match.groups?.specifier ?? '',
      typeOnly: isTypeOnly(match.groups?.clause ?? ''),
    }))
    .sort((a, b) => a.line - b.line);
}

/** @param clause - what stands between `import` and `from` */
function isTypeOnly(clause: string): boolean {
  if (/^\s+type\s/.test(clause)) return true;
  const names = /^\s*\{(?<names>[^}]*)\}\s*$/.exec(clause)?.groups?.names?.split(',') ?? [];
  const given = names.map((name) => name.trim()).filter((name) => name !== '');
  return given.length > 0 && given.every((name) => name.startsWith('type '));
}
