import { expect, it } from 'vitest';
import { describePage } from './browser.ts';

describePage('an empty shop', ({ visit, server }) => {
  it('says that it is empty, and how to fill it', async () => {
    let skus: string[];
    do {
      const page = await server().shop.searchProducts({ terms: [], first: 100 });
      skus = page.results.map(({ productId }) => productId);
      if (skus.length > 0) await server().shop.deleteProducts(skus);
    } while (skus.length > 0);

    const page = await visit('/');
    await page.getByRole('heading', { name: 'This shop is empty.' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Narrow down' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Catalogue' }).click();
    await page.getByText('0 products in this shop.').waitFor();
    await page.getByText('there are none').first().waitFor();
  });
});
