// Messages move while time passes, and only then.
import { clock, expect, frames, open, openStill, pause, picture, play, stepTo, test } from "./page";

test("dots move while it runs, and stand still while it is paused", async ({ page }) => {
  await openStill(page);
  await stepTo(page, 5);
  const stages = ["A", "B"].map((variant) => page.getByTestId(`stage ${variant}`));
  await frames(page);
  const before = await Promise.all(stages.map(picture));
  const stopped = await clock(page);
  await frames(page, 60);
  expect(await Promise.all(stages.map(picture)), "paused").toEqual(before);
  expect(await clock(page), "a paused clock").toBe(stopped);

  await play(page);
  await expect.poll(() => clock(page)).toBeGreaterThan(stopped);
  for (const [at, stage] of stages.entries()) {
    await expect.poll(() => picture(stage), "running").not.toBe(before[at]);
  }
});

test("a hidden tab stops, and does not catch up when it is seen again", async ({ page }) => {
  // What a browser does with a hidden tab: it says so, and hands out no frames until the tab is seen.
  await page.addInitScript(() => {
    const real = window.requestAnimationFrame.bind(window);
    let [hidden, kept] = [false, [] as FrameRequestCallback[]];
    window.requestAnimationFrame = (callback) => (hidden ? kept.push(callback) : real(callback));
    Object.defineProperty(document, "visibilityState", { get: () => (hidden ? "hidden" : "visible") });
    Object.defineProperty(document, "hidden", { get: () => hidden });
    Object.assign(window, {
      hide(now: boolean) {
        hidden = now;
        document.dispatchEvent(new Event("visibilitychange"));
        if (!hidden) for (const callback of kept.splice(0)) real(callback);
      },
    });
  });
  const hide = (now: boolean) => page.evaluate((now) => (window as any).hide(now), now);
  await open(page);
  await expect.poll(() => clock(page)).toBeGreaterThan(0.5);
  await hide(true);
  // A frame that was under way when the tab was hidden may still end.
  await page.evaluate(() => new Promise((done) => setTimeout(done, 200)));
  const left = await clock(page);
  await page.evaluate(() => new Promise((done) => setTimeout(done, 2000)));
  expect(await clock(page), "hidden").toBe(left);

  await hide(false);
  const began = Date.now();
  await expect.poll(() => clock(page)).toBeGreaterThan(left);
  await pause(page);
  const passed = (Date.now() - began) / 1000;
  expect(await clock(page), "seen again").toBeLessThan(left + passed + 0.3);
});
