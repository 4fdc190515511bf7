// From a phone to a wall: nothing scrolls sideways, and fingers find their targets.
import { expect, LESSONS, openStill, PAGES, test } from "./page";
import type { Page } from "@playwright/test";

const WIDTHS = [360, 390, 768, 1280, 1920, 3840];
/** Pages of cards. */
const LISTS = ["./#/course", "./#/gallery"];
const ALL = [...PAGES, ...LISTS, "./#/gallery/ten-thousand", "./#/gallery/click-feed/order-queue"];

async function arrive(page: Page, address: string) {
  if (!LISTS.includes(address)) return openStill(page, address);
  await page.goto(address);
  await expect(page.locator(".card").first()).toBeVisible();
}

/** What sticks out of the page, or lies upon something else. */
const misplaced = (page: Page) =>
  page.evaluate(() => {
    const wide = [...document.querySelectorAll("body *")].filter((element) => {
      const { right, width } = element.getBoundingClientRect();
      return width > 1 && right > innerWidth + 1 && !element.closest(".scroll, .verdicts, .top nav, [id^=part-]");
    });
    const root = document.documentElement;
    // What stands beside or below each other does not lie upon each other; only the bar of time lies upon the page.
    const blocks = [...document.querySelectorAll(".top, .panel, .pane, .chart, .controls > section, .legend, .variants, .card, .top > *")];
    const seen = blocks.filter((block) => block.checkVisibility() && !block.matches(".skip"));
    const over = seen.flatMap((a, at) => seen.slice(at + 1).flatMap((b) => {
      if (a.contains(b) || b.contains(a)) return [];
      const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
      const [w, h] = [Math.min(p.right, q.right) - Math.max(p.left, q.left), Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top)];
      return w > 1 && h > 1 ? [`${a.className} over ${b.className}`] : [];
    }));
    const header = document.querySelector(".top")!.getBoundingClientRect().height;
    return { over, oneLine: header < 60, by: Math.max(0, root.scrollWidth - root.clientWidth), wide: wide.map((element) => element.outerHTML.slice(0, 120)) };
  });

const NOTHING = { over: [], oneLine: true, by: 0, wide: [] };

for (const address of ALL) {
  test(`${address} never scrolls sideways`, async ({ page }) => {
    await arrive(page, address);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      expect(await misplaced(page), `${width} pixels wide`).toEqual(NOTHING);
    }
  });

  test(`${address} has targets for fingers`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await arrive(page, address);
    const small = await page.evaluate(() => {
      // Words stand in lines of text: they cannot be higher than these.
      const targets = [...document.querySelectorAll<HTMLElement>("button:not(.word), select, input, summary, nav a")];
      const seen = targets.filter((target) => target.checkVisibility());
      return seen.flatMap((target) => {
        const { width, height } = target.getBoundingClientRect();
        return width < 44 || height < 44 ? [`${width.toFixed(0)} × ${height.toFixed(0)}: ${target.outerHTML.slice(0, 120)}`] : [];
      });
    });
    expect(small).toEqual([]);
  });
}

for (const slug of LESSONS) {
  test(`every step of ${slug} has room`, async ({ page }) => {
    await openStill(page, `./#/lesson/${slug}`);
    for (let more = true; more; ) {
      for (const width of [360, 1024, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await misplaced(page), `${await page.locator("#step").innerText()}, ${width} pixels wide`).toEqual(NOTHING);
      }
      more = await page.getByTestId("next").isEnabled();
      if (more) await page.getByTestId("next").press("Enter");
    }
  });
}

test("on a narrow page the header shows the link of the page that is open", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const address of ["./#/model", ...PAGES.slice(1), ...LISTS]) {
    await page.goto(address);
    const link = page.locator(".top [aria-current]");
    await expect(link).toBeVisible();
    await expect.poll(() => link.evaluate((link) => {
      const [own, nav] = [link, link.parentElement!].map((element) => element.getBoundingClientRect());
      return own.left >= nav.left - 1 && own.right <= nav.right + 1;
    }), address).toBe(true);
  }
});
