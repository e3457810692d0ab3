/** Flags of Node.js for processes that open an embedded PostgreSQL and do little with it: WebAssembly is compiled fast and not well. */
export const QUICK_WEBASSEMBLY = ['--liftoff-only'] as const;
