/** Flags of Node.js for processes that open an embedded PostgreSQL and do little with it: WebAssembly is compiled fast and not well, and only what is called. */
export const QUICK_WEBASSEMBLY = ['--liftoff-only', '--wasm-lazy-compilation'] as const;
