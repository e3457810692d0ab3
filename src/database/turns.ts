/**
 * Makes callers take turns, first come first served.
 *
 * @returns a function that resolves when it is the caller's turn, to a function that ends the turn (calling it again does nothing)
 */
export function createTurns(): () => Promise<() => void> {
  let last: Promise<void> = Promise.resolve();
  return async () => {
    const before = last;
    let endTurn = (): void => {};
    last = new Promise((resolve) => {
      endTurn = resolve;
    });
    await before;
    return endTurn;
  };
}
