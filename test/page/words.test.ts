import { expect, it } from 'vitest';
import { countOf, describePage, titlesOf } from './browser.ts';

describePage('what the page makes of words', ({ visit }) => {
  it('says what misspelt words were taken for, and searches for exactly what was written when asked to', async () => {
    const page = await visit('/?q=blue+shrit');
    await page.getByText('Showing results for blue shirt.').waitFor();
    expect((await titlesOf(page))[0]).toMatch(/Blue.*hirt/);
    await expect.poll(() => page.locator('[role=status]').first().textContent()).toMatch(/ for blue shirt$/);
    await page.getByRole('link', { name: 'Search for exactly “blue shrit”' }).click();
    await page.getByText('Showing results for exactly blue shrit.').waitFor();
    expect(page.url()).toContain('spelling=exact');
    await page.getByRole('link', { name: 'Mend the spelling' }).click();
    await page.getByText('Showing results for blue shirt.').waitFor();
    expect(page.url()).not.toContain('spelling');
  });

  it('mends again what is typed after a search for exactly what was written', async () => {
    const page = await visit('/?q=shrit&spelling=exact');
    await page.getByRole('link', { name: 'Mend the spelling' }).waitFor();
    await page.getByRole('combobox').first().fill('dersses');
    await page.getByText('Showing results for dresses.').waitFor();
    expect(page.url()).not.toContain('spelling');
  });

  it('offers corrections that were not searched for as links', async () => {
    const page = await visit('/');
    await page.route('**/graphql', async (route) => {
      try {
        const response = await route.fetch();
        const text = await response.text();
        await route.fulfill({ response, body: text.replaceAll('"isApplied":true', '"isApplied":false') });
      } catch {
        // A search that another one has superseded, or that is still under way when the test ends.
      }
    });
    const box = page.getByRole('combobox').first();
    await box.fill('blue shrit');
    await page.getByText('Did you mean').waitFor();
    // Without the completions, which lie over the results.
    await box.press('Tab');
    await page.getByRole('link', { name: 'blue shirt' }).click();
    await expect.poll(() => page.url()).toContain('q=blue+shirt');
    await expect.poll(() => page.getByText('Did you mean').count()).toBe(0);
  });

  it('offers what words could be as chips: taken by a click, and taken away by another', async () => {
    const page = await visit('/?q=dress+under+50');
    await page.getByRole('button', { name: 'Filter by up to 50 instead of the words under 50' }).click();
    await expect.poll(() => page.url()).toMatch(/\?q=dress&price=-50$/);
    expect(await page.getByRole('combobox').first().inputValue()).toBe('dress');
    await page.getByRole('button', { name: 'Take away the filter up to 50' }).click();
    await expect.poll(() => page.url()).toMatch(/\?q=dress$/);
  });

  it('offers what is not wanted, which leaves it out', async () => {
    const page = await visit('/?q=handbag+not+black');
    const chip = page.getByRole('button', { name: /^Filter by not color: Black instead of/ });
    await chip.waitFor();
    // By keys alone, too.
    await chip.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toContain('not=is.color%3ABlack');
    await expect.poll(() => titlesOf(page)).not.toContainEqual(expect.stringContaining('Black'));
    await expect.poll(() => countOf(page).textContent()).toMatch(/match/);
    await page.getByRole('button', { name: 'Take away the filter not color: Black' }).waitFor();
  });
});
