import { expect, it } from 'vitest';
import { countOf, describePage, titlesOf } from './browser.ts';

describePage('seeing why, and copying how', ({ visit, server }) => {
  it('tells of each result why it is there: relevance, picture, and terms that add up', async () => {
    const page = await visit('/?q=red+dress&term=-0.5+words+polka+dots');
    const why = page.getByRole('button', { name: /why\?/ }).first();
    await why.click();
    const reason = page.getByRole('dialog', { name: /^Why / });
    await reason.getByText(/Picture \d of \d matched best\./).waitFor();
    const numbers = (await reason.locator('.why-terms strong').allTextContents()).map(toNumber);
    expect(numbers).toHaveLength(2);
    const together = toNumber(
      (await reason.getByText(/Together the cosine similarity/).textContent())?.match(/[+−]\d\.\d+/)?.[0] ?? '',
    );
    expect((numbers[0] ?? 0) + (numbers[1] ?? 0)).toBeCloseTo(together, 1);
    await page.keyboard.press('Escape');
    await reason.waitFor({ state: 'detached' });
    expect(await why.evaluate((each) => each === document.activeElement)).toBe(true);
  });

  it('tells the plan, the stages and each statement', async () => {
    const page = await visit('/?q=red+dress&category=Apparel');
    await page.getByRole('button', { name: 'How it was found' }).click();
    const panel = page.getByRole('region', { name: 'How it was found' });
    await panel.getByText('Every vector that satisfies the filter was compared').waitFor();
    await panel.getByText('109', { exact: true }).waitFor();
    expect(await panel.locator('.stages b').allTextContents()).toEqual(
      expect.arrayContaining(['filter', 'vectors', 'ranking']),
    );
    await panel.locator('.statements summary').last().click();
    expect(await panel.locator('.statements pre').last().textContent()).toMatch(/select|insert/);
    await page.getByRole('button', { name: 'How it was found' }).click();
    await panel.waitFor({ state: 'detached' });
  });

  it('copies the GraphQL operation with its variables, which finds the same', async () => {
    const page = await visit('/?q=handbag&is.color=Brown&is.color=Black');
    await expect.poll(() => countOf(page).textContent()).toContain('match');
    await page.getByRole('button', { name: 'GraphQL' }).click();
    await page.locator('.toast').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const [query = '', variables = ''] = copied.split('# Variables:');
    const response = await fetch(`${server().address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: JSON.parse(variables) }),
    });
    const { data, errors } = (await response.json()) as {
      data: { searchProducts: { edges: { node: { title: string } }[] } };
      errors?: unknown;
    };
    expect(errors).toBeUndefined();
    expect(data.searchProducts.edges.map(({ node }) => node.title)).toEqual(await titlesOf(page));
  });

  it('copies all SQL of the search on screen', async () => {
    const page = await visit('/?q=handbag&category=Accessories');
    await expect.poll(() => countOf(page).textContent()).toContain('match');
    await page.getByRole('button', { name: 'SQL', exact: true }).click();
    await expect.poll(() => page.locator('.toast').textContent()).toBe('SQL copied');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^-- \d+ statements, \d+\.\d ms all together/);
    expect(copied).toContain('handbag');
    expect(copied).toContain('-- RANKING');
  });

  it('hands the search to the API explorer, which runs it', async () => {
    const page = await visit('/?q=handbag');
    await page.getByRole('link', { name: 'Explore' }).click();
    await page.locator('.graphiql-query-editor', { hasText: 'searchProducts' }).waitFor({ timeout: 60_000 });
    await page.locator('.graphiql-editor-tools', { hasText: 'Variables' }).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: /^Execute query/ }).click({ timeout: 60_000 });
    await page.locator('.graphiql-response', { hasText: 'searchProducts' }).waitFor({ timeout: 60_000 });
    await page.locator('.graphiql-response', { hasText: 'STRONG' }).waitFor();
    expect(await page.locator('.graphiql-response').textContent()).not.toContain('errors');
  });
});

function toNumber(text: string): number {
  return Number(text.replace('−', '-'));
}
