import { expect, it } from 'vitest';
import { countOf, describePage, titlesOf } from './browser.ts';

describePage('searching on the page', ({ visit, server }) => {
  it('shows the shop at once, with counts', async () => {
    const page = await visit('/');
    await expect.poll(() => countOf(page).textContent()).toBe('319 products');
    await page.getByRole('heading', { name: 'Search by words, by picture, or by both.' }).waitFor();
    await page.getByRole('checkbox', { name: 'Apparel' }).waitFor();
    expect(await titlesOf(page)).toHaveLength(24);
  });

  it('fills in without jumping: what is on screen stays where it is', async () => {
    for (const width of [390, 1280]) {
      const page = await visit('/', { width });
      // Counted from the first paint on, even where the observer comes later.
      await page.waitForLoadState('networkidle');
      const shifted = await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            let sum = 0;
            const observer = new PerformanceObserver((list) => {
              for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
            });
            observer.observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => resolve(sum), 300);
          }),
      );
      // 0.1 is what Google calls good.
      expect(shifted).toBeLessThan(0.05);
    }
  });

  it('searches while a person types, keeps the words in the address, and tells how many match', async () => {
    const page = await visit('/');
    await page
      .getByRole('combobox', { name: 'What are you looking for?' })
      .pressSequentially('red dress', { delay: 20 });
    await expect.poll(() => countOf(page).textContent()).toMatch(/^\d+ products match$/);
    await expect.poll(() => page.url()).toContain('?q=red+dress');
    expect((await titlesOf(page))[0]).toContain('Red');
    expect(await page.locator('[role=status]').first().textContent()).toMatch(/^\d+ products match$/);
  });

  it('gives up what is superseded: only the last of several searches is answered', async () => {
    const page = await visit('/');
    await expect.poll(() => countOf(page).textContent()).toBe('319 products');
    const given: string[] = [];
    page.on('requestfailed', (request) => given.push(request.postData() ?? ''));
    // Slow enough for the next letters to overtake it.
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('"text":"blue"'))
        await new Promise((resolve) => setTimeout(resolve, 3_000));
      await route.continue().catch(() => undefined);
    });
    const box = page.getByRole('combobox').first();
    await box.fill('blue');
    await page.waitForRequest((request) => request.postData()?.includes('"text":"blue"') ?? false);
    await box.fill('handbag');
    await expect.poll(() => titlesOf(page)).toContainEqual(expect.stringContaining('Handbag'));
    await expect.poll(() => given.some((body) => body.includes('"text":"blue"'))).toBe(true);
    expect(page.url()).toContain('?q=handbag');
  });

  it('completes what is typed, by keys alone', async () => {
    const page = await visit('/');
    const box = page.getByRole('combobox').first();
    await box.fill('dre');
    await page.getByRole('option', { name: /^Apparel > Dress category$/ }).waitFor();
    await box.press('ArrowDown');
    expect(await box.getAttribute('aria-activedescendant')).toBe('suggestion-0');
    expect(await page.getByRole('option').first().getAttribute('aria-selected')).toBe('true');
    await box.press('Enter');
    await expect.poll(() => page.url()).toContain('category=Apparel+%3E+Dress');
    await expect.poll(() => countOf(page).textContent()).toBe('14 products');
    expect(await page.getByRole('listbox').isVisible()).toBe(false);
  });

  it('narrows by category, brand, colour, availability and price, and counts what each would leave', async () => {
    const page = await visit('/');
    await page.getByRole('checkbox', { name: 'Footwear' }).check();
    await expect.poll(() => countOf(page).textContent()).toBe('53 products');
    await page.getByRole('button', { name: 'What is in Footwear' }).click();
    await page.getByRole('checkbox', { name: 'Sandal', exact: false }).first().waitFor();

    const black = page.getByRole('checkbox', { name: /^Black, \d+$/ });
    const count = Number((await black.getAttribute('aria-label'))?.split(', ')[1]);
    await black.check({ force: true });
    await expect.poll(() => countOf(page).textContent()).toBe(`${count} products`);

    const brand = page.locator('details', { hasText: 'Brand' }).locator('label').first();
    const ofBrand = await brand.locator('small').textContent();
    await brand.click();
    await expect.poll(async () => (await countOf(page).textContent())?.split(' ')[0]).toBe(ofBrand);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await expect.poll(() => countOf(page).textContent()).toBe('319 products');

    await page.getByLabel('Lowest price').fill('20');
    await page.getByLabel('Highest price').fill('25.50');
    await page.getByLabel('Highest price').press('Enter');
    await expect.poll(() => page.url()).toContain('price=20-25.50');
    // The lowest price alone was asked for a moment before, and its products may still stand there.
    const prices = async () =>
      (await page.locator('.card-price').allTextContents()).map((price) => Number(price.replace('$', '')));
    await expect.poll(prices).toSatisfy((all: number[]) => all.length > 0 && all.every((price) => price <= 25.5));
    expect(Math.min(...(await prices()))).toBeGreaterThanOrEqual(20);
    expect(await countOf(page).textContent()).not.toBe('319 products');
  });

  it('refuses a price that is none before it asks', async () => {
    const page = await visit('/');
    await page.getByLabel('Lowest price').fill('30');
    await page.getByLabel('Highest price').fill('10');
    await page.getByText('The lowest price is above the highest.').waitFor();
    expect(await page.getByLabel('Highest price').getAttribute('aria-invalid')).toBe('true');
    expect(page.url()).not.toContain('-10');
  });

  it('sorts', async () => {
    const page = await visit('/?category=Footwear');
    await page.getByLabel('Sort').selectOption('Cheapest first');
    await expect.poll(() => page.url()).toContain('sort=cheapest');
    await expect
      .poll(async () => {
        const badges = await page.locator('[aria-label=Results] .card:not(:has(.badge)) .card-price').allTextContents();
        const amounts = badges.map((price) => Number(price.replace('$', '')));
        return amounts.length > 10 && amounts.every((amount, i) => i === 0 || amount >= (amounts[i - 1] ?? 0));
      })
      .toBe(true);
  });

  it('opens a whole search from its address', async () => {
    const page = await visit('/?q=shirt&term=-0.5+words+stripes&category=Apparel&is.color=Blue&price=-60&sort=dearest');
    await expect.poll(() => countOf(page).textContent()).toMatch(/match|No/);
    expect(await page.getByRole('combobox').first().inputValue()).toBe('shirt');
    expect(await page.getByRole('slider', { name: 'Weight of stripes' }).inputValue()).toBe('-0.5');
    expect(await page.getByRole('checkbox', { name: 'Apparel' }).isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: /^Blue,/ }).isChecked()).toBe(true);
    expect(await page.getByLabel('Highest price').inputValue()).toBe('60');
    expect(await page.getByLabel('Sort').inputValue()).toBe('PRICE_DESC');
  });

  it('goes back and forward, to the results and the place that were left', async () => {
    const page = await visit('/');
    await expect.poll(() => countOf(page).textContent()).toBe('319 products');
    await page.mouse.wheel(0, 6_000);
    await expect.poll(async () => (await titlesOf(page)).length).toBeGreaterThan(24);
    await expect
      .poll(() => page.evaluate(() => (history.state as { scroll?: number } | null)?.scroll ?? 0))
      .toBeGreaterThan(500);
    const left = await page.evaluate(() => ({ scroll: scrollY, products: document.querySelectorAll('.card').length }));

    await page.getByRole('combobox').first().fill('handbag');
    await page.getByRole('combobox').first().press('Enter');
    await expect.poll(() => countOf(page).textContent()).toContain('match');
    await page.getByRole('checkbox', { name: 'Accessories' }).check();
    await expect.poll(() => page.url()).toContain('category=Accessories');

    await page.goBack();
    await expect.poll(() => page.url()).toMatch(/\?q=handbag$/);
    expect(await page.getByRole('checkbox', { name: 'Accessories' }).isChecked()).toBe(false);
    await page.goBack();
    await expect.poll(() => countOf(page).textContent()).toBe('319 products');
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(left.scroll);
    expect(await page.locator('.card').count()).toBe(left.products);
    expect(await page.getByRole('combobox').first().inputValue()).toBe('');
    await page.goForward();
    await expect.poll(() => page.getByRole('combobox').first().inputValue()).toBe('handbag');
  });

  it('comes back to the same place after it was loaded again', async () => {
    const page = await visit('/');
    await expect.poll(() => countOf(page).textContent()).toBe('319 products');
    await page.mouse.wheel(0, 4_000);
    await expect
      .poll(() => page.evaluate(() => (history.state as { scroll?: number } | null)?.scroll ?? 0))
      .toBeGreaterThan(500);
    const before = await page.evaluate(() => scrollY);
    await page.reload();
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(before);
  });

  it('shows all products, page after page, none of them twice', async () => {
    const page = await visit('/?category=Footwear');
    await expect.poll(() => countOf(page).textContent()).toBe('53 products');
    const products = page.locator('.results .card');
    const end = page.getByText('That is all.');
    while (!(await end.isVisible())) {
      const before = await products.count();
      await page.mouse.wheel(0, 5_000);
      // Each page is waited for by itself, however long it takes; the test's own time ends what hangs.
      await expect
        .poll(async () => (await products.count()) > before || (await end.isVisible()), { timeout: 60_000 })
        .toBe(true);
    }
    const titles = await page.locator('.card .card-picture').evaluateAll((all) => all.map((each) => each.ariaLabel));
    expect(titles).toHaveLength(53);
  });

  it('reads on at the press of a button', async () => {
    const page = await visit('/?category=Apparel', { height: 200 });
    await page.getByRole('button', { name: 'Show more' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await titlesOf(page)).length).toBeGreaterThanOrEqual(48);
  });

  it('weighs terms: what is slid below zero is steered away from', async () => {
    const page = await visit('/?q=dress&term=1+words+red&weak=yes');
    await expect.poll(async () => (await titlesOf(page))[0]).toContain('Red');
    const slider = page.getByRole('slider', { name: 'Weight of red' });
    await slider.focus();
    for (let i = 0; i < 20; i++) await slider.press('ArrowLeft');
    expect(await slider.getAttribute('aria-valuetext')).toBe('−1, less like this');
    await expect.poll(() => page.url()).toContain('term=-1+words+red');
    await expect.poll(async () => (await titlesOf(page)).slice(0, 5).join()).not.toContain('Red');
  });

  it('adds words as a term of their own, and takes terms away', async () => {
    const page = await visit('/?q=shirt');
    await page.getByLabel('More words, as a term of their own').fill('striped');
    await page.getByRole('button', { name: 'Add these words' }).click();
    await page.getByRole('slider', { name: 'Weight of striped' }).waitFor();
    expect(page.url()).toContain('term=1+words+striped');
    await page.getByRole('button', { name: 'Remove striped' }).click();
    await expect.poll(() => page.url()).not.toContain('term');
  });

  it('searches for more like a product, and for less', async () => {
    const page = await visit('/?q=shirt');
    await expect.poll(() => titlesOf(page)).not.toEqual([]);
    const [first = ''] = await titlesOf(page);
    await page.getByRole('button', { name: `More like ${first}`, exact: true }).click();
    await page.getByText('More like this', { exact: true }).first().waitFor();
    await expect.poll(async () => (await titlesOf(page))[0]).toBe(first);
    expect(page.url()).toMatch(/term=1\+product\+LG-\d+/);
    await page.getByRole('button', { name: `Less like ${first}`, exact: true }).click();
    await expect.poll(() => page.url()).toMatch(/term=-0.5\+product\+LG-\d+/);
    await expect.poll(async () => (await titlesOf(page))[0]).not.toBe(first);
  });

  it('varies what it shows', async () => {
    const page = await visit('/?q=shoes&weak=yes');
    await expect.poll(() => titlesOf(page)).toHaveLength(24);
    const before = await titlesOf(page);
    await page.getByRole('slider', { name: 'Variety' }).fill('1');
    await expect.poll(() => page.url()).toContain('variety=1');
    await expect.poll(() => titlesOf(page)).not.toEqual(before);
  });

  it('says honestly that nothing matches, shows what is nearest, and how to go on', async () => {
    const page = await visit('/?q=lawn+mower&is.color=Red');
    await page.getByText('Nothing here really matches “lawn mower”.').waitFor();
    expect(await countOf(page).textContent()).toBe('No real match');
    expect((await titlesOf(page)).length).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Look in the whole shop, without filters' }).click();
    await expect.poll(() => page.url()).not.toContain('is.color');
    await page.getByText('Nothing here really matches “lawn mower”.').waitFor();
  });

  it('shows near misses where little matches', async () => {
    const page = await visit('/?q=red+dress');
    await page.getByRole('heading', { name: 'Not quite that, but near' }).waitFor();
    const near = await page.locator('[aria-label="Near misses"] h3').allTextContents();
    const matches = await titlesOf(page);
    expect(near.filter((title) => matches.includes(title))).toEqual([]);
  });

  it('says that no product satisfies the filters, and offers everything', async () => {
    const page = await visit('/?category=Footwear&price=9000-');
    await page.getByRole('heading', { name: 'No product satisfies these filters.' }).waitFor();
    await page.getByRole('button', { name: 'Show everything' }).click();
    await expect.poll(() => countOf(page).textContent()).toBe('319 products');
  });

  it('tells what the server refuses, and lets a person start over', async () => {
    const page = await visit('/?term=1+product+no-such-sku');
    await page.getByText('This search cannot be answered.').waitFor();
    await page.getByRole('button', { name: 'Start over' }).click();
    await expect.poll(() => countOf(page).textContent()).toBe('319 products');
  });

  it('shows a product with its pictures and what looks like it', async () => {
    const page = await visit('/?q=handbag');
    await page
      .getByRole('button', { name: /^Details of / })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('heading', { name: 'Looks like this' }).waitFor();
    await dialog.getByRole('button', { name: 'Picture 2 of 3' }).click();
    await dialog.getByRole('img', { name: /picture 2$/ }).waitFor();
    await dialog.getByRole('button', { name: 'Search with this picture' }).click();
    await expect.poll(() => page.url()).toMatch(/term=1\+picture\+image_/);
    await page.getByText('A picture of the shop').waitFor();
    await expect.poll(() => countOf(page).textContent()).toContain('match');
  });

  it('asks for pictures at the size that they are shown in', async () => {
    const page = await visit('/', { width: 390, height: 800 });
    await expect.poll(() => page.locator('.card img').count()).toBeGreaterThan(3);
    await page.waitForLoadState('networkidle');
    const wide = await page
      .locator('.card img')
      .evaluateAll((all) =>
        all
          .filter((each): each is HTMLImageElement => each instanceof HTMLImageElement && each.currentSrc !== '')
          .map((each) => Number(new URL(each.currentSrc).searchParams.get('width')) / each.clientWidth),
      );
    expect(wide.length).toBeGreaterThan(3);
    expect(Math.max(...wide)).toBeLessThanOrEqual(1.6);
    expect(server().loggedErrors).toEqual([]);
  });
});
