// How soon and how smoothly: figures are printed, and fail only where they are off by a factor.
import { clock, expect, open, test } from "./page";

test("the first message moves soon after a cold load", async ({ page }) => {
  await open(page);
  const first = () => page.evaluate(() => performance.getEntriesByName("first message")[0]?.startTime ?? null);
  await expect.poll(first).not.toBeNull();
  const milliseconds = (await first())!;
  console.log(`first moving message: ${milliseconds.toFixed(0)} ms after the navigation began (to reach: 1000 ms)`);
  expect(milliseconds).toBeLessThan(3000);
});

test("the work of a frame leaves room", async ({ page }) => {
  await open(page);
  await page.getByTestId("fault 1").click();
  // As many frames as the meter remembers.
  await expect.poll(() => clock(page), { timeout: 20_000 }).toBeGreaterThan(8);
  const meter = Number(await page.locator("html").getAttribute("data-p99-frame-ms"));
  console.log(`p99 of a frame's work: ${meter.toFixed(1)} ms (to reach: 16.7 ms)`);
  expect(meter).toBeGreaterThan(0);
  expect(meter).toBeLessThan(3 * 16.7);
});
