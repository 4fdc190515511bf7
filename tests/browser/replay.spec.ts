// What is seen depends on the seed and on what was done, never on how fast it was played.
import { clock, expect, facts, openStill, pause, picture, play, stepTo, test } from "./page";
import type { Page } from "@playwright/test";

/** Restarts, breaks payment at three seconds, and goes to twelve. */
async function story(page: Page) {
  await page.getByTestId("restart").click();
  await expect.poll(() => clock(page)).toBe(0);
  await stepTo(page, 3);
  await page.getByTestId("fault 1").click();
  await stepTo(page, 12);
}

test("a restart with the same seed shows the same, another seed does not", async ({ page }) => {
  await openStill(page);
  await story(page);
  const [first, stage] = [await facts(page), await picture(page.getByTestId("stage A"))];
  await story(page);
  expect(await facts(page)).toBe(first);
  expect(await picture(page.getByTestId("stage A"))).toBe(stage);

  const seed = page.getByTestId("seed");
  const old = await seed.inputValue();
  await seed.fill("4711");
  await seed.press("Enter");
  await story(page);
  expect(await facts(page), "another seed").not.toBe(first);

  await seed.fill(old);
  await seed.press("Enter");
  await story(page);
  expect(await facts(page), "the old seed again").toBe(first);
});

test("the button for a new seed begins another run", async ({ page }) => {
  await openStill(page);
  await story(page);
  const [first, old] = [await facts(page), await page.getByTestId("seed").inputValue()];
  await page.getByTestId("new-seed").click();
  await expect(page.getByTestId("seed")).not.toHaveValue(old);
  await story(page);
  expect(await facts(page)).not.toBe(first);
});

test("a seed can be typed while the run plays, and what is no seed is said", async ({ page }) => {
  await openStill(page);
  await play(page);
  const seed = page.getByTestId("seed");
  const old = await seed.inputValue();
  await seed.fill("many");
  const before = await clock(page);
  await expect.poll(() => clock(page)).toBeGreaterThan(before + 1.5);
  await expect(seed).toHaveValue("many");
  await seed.press("Enter");
  await expect(page.locator(".problems")).toContainText("A seed is a whole number");
  await expect(seed).toHaveAttribute("aria-invalid", "true");
  expect(await clock(page), "the run goes on").toBeGreaterThan(before);
  await page.getByTestId("play").focus();
  await expect(seed).toHaveValue(old);
  await seed.fill("4711");
  const late = await clock(page);
  await seed.press("Enter");
  await expect(page.locator(".problems")).toHaveCount(0);
  await expect.poll(() => clock(page), "the run begins anew").toBeLessThan(late);
});

test("speed changes when things are seen, not what happens", async ({ page }) => {
  await openStill(page);
  let target = 0;
  const seen: string[] = [];
  for (const speed of ["10×", "2×", "0.5×"]) {
    await page.getByTestId("restart").click();
    await page.getByTestId("speed").selectOption(speed);
    await play(page);
    await expect.poll(() => clock(page)).toBeGreaterThan(0.5);
    await pause(page);
    // The fastest goes first: where it stops, rounded up, the others are sure not to have been yet.
    target ||= Math.ceil(await clock(page)) + 2;
    expect(await clock(page)).toBeLessThan(target);
    await stepTo(page, target - 1);
    await stepTo(page, target, "event");
    // How long a stretch the charts show depends on the speed: the same for all.
    await page.getByTestId("speed").selectOption("1×");
    seen.push(await facts(page));
  }
  expect(seen[1]).toBe(seen[0]);
  expect(seen[2]).toBe(seen[0]);
});
