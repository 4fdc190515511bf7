// From a phone to a wall: nothing scrolls sideways, and fingers find their targets.
import { expect, openStill, PAGES, test } from "./page";

const WIDTHS = [360, 390, 768, 1440, 2560];

for (const address of PAGES) {
  test(`${address} never scrolls sideways`, async ({ page }) => {
    await openStill(page, address);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const over = await page.evaluate(() => {
        const wide = [...document.querySelectorAll("body *")].filter((element) => {
          const { right, width } = element.getBoundingClientRect();
          return width > 1 && right > innerWidth + 1 && !element.closest(".scroll");
        });
        const root = document.documentElement;
        return { by: Math.max(0, root.scrollWidth - root.clientWidth), wide: wide.map((element) => element.outerHTML.slice(0, 120)) };
      });
      expect(over, `${width} pixels wide`).toEqual({ by: 0, wide: [] });
    }
  });

  test(`${address} has targets for fingers`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await openStill(page, address);
    const small = await page.evaluate(() => {
      const targets = [...document.querySelectorAll<HTMLElement>("button, select, input, summary, nav a")];
      const seen = targets.filter((target) => target.checkVisibility());
      return seen.flatMap((target) => {
        const { width, height } = target.getBoundingClientRect();
        return width < 44 || height < 44 ? [`${width.toFixed(0)} × ${height.toFixed(0)}: ${target.outerHTML.slice(0, 120)}`] : [];
      });
    });
    expect(small).toEqual([]);
  });
}
