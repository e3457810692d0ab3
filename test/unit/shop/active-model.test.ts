import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ActiveModel } from '../../../src/database/embedding-models.ts';
import type { Embedder } from '../../../src/embedding/embedder.ts';
import { type ActiveModelFollower, followActiveModel } from '../../../src/shop/active-model.ts';

const logger = pino({ level: 'silent' });

function model(name: string, indexed = false): ActiveModel {
  const tables = { imageTable: `image_${name}`, textTable: `text_${name}` };
  return {
    id: name,
    name,
    version: '1',
    manifestHash: name,
    dimensions: 2,
    state: 'ACTIVE',
    ...tables,
    statistics: {},
    indexed,
    estimatedPictures: 0,
    hasPictureless: false,
    sketches: null,
  };
}

/** A shop whose active model the test sets, and embedders that only know their name. */
function fakeShop(first: ActiveModel | undefined) {
  const shop = {
    active: first,
    broken: new Set<string>(),
    events: [] as string[],
    findActiveModel: async () => shop.active,
    openEmbedder: async ({ name }: ActiveModel) => {
      shop.events.push(`open ${name}`);
      if (shop.broken.has(name)) throw new Error(`${name} is broken`);
      return { name, close: async () => void shop.events.push(`close ${name}`) } as unknown as Embedder;
    },
    onSwitch: () => void shop.events.push('switch'),
    logger,
  };
  return shop;
}

const nameInUse = (follower: ActiveModelFollower) => follower.withActiveModel(async ({ model: { name } }) => name);

describe('followActiveModel', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('refuses a shop without an active model', async () => {
    await expect(followActiveModel(fakeShop(undefined))).rejects.toMatchObject({ code: 'MODEL_NOT_READY' });
  });

  it('notices within seconds that another model became active, and closes the old embedder', async () => {
    const shop = fakeShop(model('a'));
    const follower = await followActiveModel(shop);
    shop.active = model('b');
    expect(await nameInUse(follower)).toBe('a');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await nameInUse(follower)).toBe('b');
    expect(shop.events).toEqual(['open a', 'open b', 'switch', 'close a']);
    await follower.close();
  });

  it('lets work that has begun keep its model, and closes its embedder afterwards', async () => {
    const shop = fakeShop(model('a'));
    const follower = await followActiveModel(shop);
    let finish: (() => void) | undefined;
    const work = follower.withActiveModel(async (inUse) => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return inUse.model.name;
    });
    shop.active = model('b');
    await follower.refresh();
    expect(await nameInUse(follower)).toBe('b');
    expect(shop.events).not.toContain('close a');
    finish?.();
    expect(await work).toBe('a');
    await vi.advanceTimersByTimeAsync(0);
    expect(shop.events.at(-1)).toBe('close a');
    await follower.close();
  });

  it('stays with the old model while the new one cannot be opened, and follows once it can', async () => {
    const shop = fakeShop(model('a'));
    const follower = await followActiveModel(shop);
    shop.active = model('b');
    shop.broken.add('b');
    await follower.refresh();
    expect(await nameInUse(follower)).toBe('a');
    shop.broken.clear();
    await follower.refresh();
    expect(await nameInUse(follower)).toBe('b');
    await follower.close();
  });

  it('sees new indexes and statistics of the same model without opening it again', async () => {
    const shop = fakeShop(model('a', false));
    const follower = await followActiveModel(shop);
    shop.active = model('a', true);
    await follower.refresh();
    expect(await follower.withActiveModel(async (inUse) => inUse.model.indexed)).toBe(true);
    expect(shop.events).toEqual(['open a']);
    await follower.close();
  });

  it('waits at its close for work with the embedder, and refuses more', async () => {
    const shop = fakeShop(model('a'));
    const follower = await followActiveModel(shop);
    let finish: (() => void) | undefined;
    const work = follower.withActiveModel(() => new Promise<void>((resolve) => (finish = resolve)));
    const closing = follower.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(shop.events).toEqual(['open a']);
    await expect(nameInUse(follower)).rejects.toMatchObject({ code: 'MODEL_NOT_READY' });
    finish?.();
    await work;
    await closing;
    expect(shop.events).toEqual(['open a', 'close a']);
  });
});
