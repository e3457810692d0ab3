import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createTurns } from '../../../src/database/turns.ts';

it('gives one caller at a time its turn, first come first served', async () => {
  const takeTurn = createTurns();
  const events: string[] = [];
  await Promise.all(
    ['a', 'b', 'c'].map(async (name) => {
      const endTurn = await takeTurn();
      events.push(`${name} begins`);
      await wait(1);
      events.push(`${name} ends`);
      endTurn();
    }),
  );
  expect(events).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

it('lets nobody in when a turn is ended twice', async () => {
  const takeTurn = createTurns();
  const endFirst = await takeTurn();
  endFirst();
  const endSecond = await takeTurn();
  endFirst();
  let thirdIn = false;
  const third = takeTurn().then((endTurn) => {
    thirdIn = true;
    endTurn();
  });
  await wait(1);
  expect(thirdIn).toBe(false);
  endSecond();
  await third;
  expect(thirdIn).toBe(true);
});
