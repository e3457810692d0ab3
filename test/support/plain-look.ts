import type { Embedder } from '../../src/embedding/embedder.ts';

/** For embedders without a model, whose pictures are any bytes: nothing is blank, and nothing is to be trimmed. */
export const lookAtNothing: Embedder['lookAtImage'] = async () => ({
  width: 1,
  height: 1,
  isBlank: false,
  note: undefined,
  margin: 0,
  contents: [],
});
