// Who asked the system for less motion sees counts in place of dots, and loses nothing.
import { clock, expect, facts, open, openStill, stepTo, test } from "./page";
import type { Page } from "@playwright/test";

/** At how many places glyphs are painted on A's stage in two simulated seconds. */
async function places(page: Page): Promise<number> {
  await page.addInitScript(() => {
    const real = CanvasRenderingContext2D.prototype.drawImage;
    const seen = new Set<string>();
    Object.assign(window, { seen });
    CanvasRenderingContext2D.prototype.drawImage = function (this: CanvasRenderingContext2D, ...all: any[]) {
      if (this.canvas.dataset.testid === "stage A") seen.add(all.slice(5, 7).map(Math.round).join());
      return (real as any).apply(this, all);
    };
  });
  await open(page);
  await expect.poll(() => clock(page)).toBeGreaterThan(3);
  await page.evaluate(() => (window as any).seen.clear());
  await expect.poll(() => clock(page)).toBeGreaterThan(5);
  return page.evaluate(() => (window as any).seen.size);
}

test("counts instead of moving dots", async ({ page, browser, baseURL }) => {
  const moving = await places(page);
  const quiet = await browser.newPage({ baseURL, reducedMotion: "reduce", viewport: page.viewportSize()! });
  const still = await places(quiet);
  await quiet.close();
  console.log(`places of glyphs: ${moving} with motion, ${still} without`);
  expect(still).toBeLessThan(moving / 4);
});

test("nothing is lost without motion", async ({ page }) => {
  await openStill(page);
  await stepTo(page, 12);
  const moving = await facts(page);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openStill(page);
  await stepTo(page, 12);
  expect(await facts(page)).toBe(moving);
});
