// Frames: what holds on any machine. How long they take is measured in frames.bench.ts.
import { clock, expect, frames, open, setSpeed, test } from "./page";

test("what cannot be kept up is said, and frames keep coming", async ({ page }) => {
  await open(page, "./#/gallery/ten-thousand");
  await setSpeed(page, "1000×");
  const behind = page.locator(".behind");
  await expect(behind).toHaveText(/^running at [\d.,]+× of 1000×$/, { timeout: 15_000 });
  const reached = Number(/at ([\d.,]+)×/.exec((await behind.textContent())!)![1].replace(",", ""));
  expect(reached).toBeGreaterThan(0);
  expect(reached).toBeLessThan(900);
  // Half a minute for half a hundred frames: each took less than half a second, however busy the machine.
  const before = await clock(page);
  await frames(page, 50);
  expect(await clock(page)).toBeGreaterThan(before);
  // The page still answers, and what can be kept up is no longer said to be behind.
  await setSpeed(page, "0.01×");
  await expect(behind).toHaveCount(0);
});

test("the meter tells how long frames and simulation take", async ({ page }) => {
  await open(page, "./#/gallery/circuit-breaker");
  const root = page.locator("html");
  const figure = async (name: string) => Number(await root.getAttribute(`data-${name}`));
  await expect.poll(() => figure("p99-frame-ms")).toBeGreaterThan(0);
  const [median, p99] = [await figure("p50-frame-ms"), await figure("p99-frame-ms")];
  const [slice, longest] = [await figure("p99-slice-ms"), await figure("longest-slice-ms")];
  expect(median).toBeLessThanOrEqual(p99);
  expect(slice).toBeLessThanOrEqual(longest);
  expect(longest).toBeGreaterThan(0);
  expect(await figure("memory-bytes")).toBeGreaterThan(1 << 20);
});
