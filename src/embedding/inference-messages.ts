import type { VisionTower } from './model-manifest.ts';
import type { RunFlag } from './run-flag.ts';
import type { TokenIds } from './tokenizer.ts';

/** What one tower takes: uint8 [height, width, 3] pixels, or token ids. */
export type TowerInput = Uint8Array | TokenIds;

/** How a thread is told to load one tower of a model. */
export interface TowerOptions {
  /** The ONNX file. */
  readonly path: string;
  readonly output: string;
  readonly dimensions: number;
  /** Threads that one run is spread over. */
  readonly threads: number;
  readonly tower:
    | ({ readonly kind: 'picture' } & Pick<VisionTower, 'width' | 'height' | 'mean' | 'std'>)
    | { readonly kind: 'text'; readonly padId: number };
  /** Encoded once at the start, as a check and to warm up. */
  readonly sample: TowerInput;
}

/** What a thread is started with. */
export interface WorkerData {
  readonly options: TowerOptions;
  readonly runFlag: RunFlag;
}

/** To the thread: a batch, or that it may end. */
export type ToThread = { readonly batch: readonly TowerInput[] } | 'end';

/** From the thread: that it is ready, the batch's vectors float32 [n, dimensions], or what is wrong with the model. */
export type FromThread = 'ready' | { readonly vectors: Float32Array } | { readonly problem: string };
