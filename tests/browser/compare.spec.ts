// The point of the opening page: after payment becomes slow, A stands still and B goes on.
import { expect, openStill, rate, stepTo, test, workers } from "./page";

test("a slow payment blocks all workers of A, and B stays open", async ({ page }) => {
  await openStill(page);
  await stepTo(page, 15);
  for (const variant of ["A", "B"] as const) {
    expect(await rate(page, variant, "good"), `${variant} serves before the fault`).toBeGreaterThan(8);
    expect(await rate(page, variant, "failed"), `${variant} fails nobody before the fault`).toBe(0);
  }

  await page.getByTestId("fault 1").click();
  await expect(page.getByTestId("fault 1")).toHaveAttribute("aria-pressed", "true");
  await stepTo(page, 45);
  const [a, b] = [await workers(page, "A", "Shop"), await workers(page, "B", "Shop")];
  expect(a.blocked, "all workers of A wait for payment").toBe(a.all);
  expect(b.blocked, "hardly a worker of B waits for a word from the queue").toBeLessThan(b.all / 2);
  const [offered, good] = [await rate(page, "B", "offered"), await rate(page, "B", "good")];
  expect(await rate(page, "A", "offered"), "the same arrivals").toBe(offered);
  expect(good, "B serves nearly all").toBeGreaterThan(0.7 * offered);
  expect(await rate(page, "A", "good"), "A serves few").toBeLessThan(0.4 * good);
  expect(await rate(page, "A", "failed"), "A fails most").toBeGreaterThan(0.5 * offered);
  expect(await rate(page, "B", "failed"), "B fails nobody").toBe(0);

  await page.getByTestId("fault 1").click();
  await expect(page.getByTestId("fault 1")).toHaveAttribute("aria-pressed", "false");
  await stepTo(page, 90);
  expect(await rate(page, "A", "good"), "A serves again once payment is mended").toBeGreaterThan(8);
});

test("settings of one variant show and set that variant alone", async ({ page }) => {
  await openStill(page);
  await page.getByTestId("target 2").click();
  const sliders = page.getByTestId(/^knob /);
  const count = await sliders.count();
  expect(count).toBeGreaterThan(2);
  for (let at = 0; at < count; at += 1) {
    const slider = sliders.nth(at);
    const before = await slider.inputValue();
    const end = before === "0" ? await slider.getAttribute("max") : "0";
    await slider.fill(end!);
    await expect(slider, "B's value is shown").toHaveValue(end!);
    await page.getByTestId("target 1").click();
    await expect(slider, "A has kept its own").toHaveValue(before);
    await page.getByTestId("target 2").click();
    await expect(slider).toHaveValue(end!);
  }
});

test("the table names its stretch, says who serves more, and follows the choice of it", async ({ page }) => {
  await openStill(page);
  await stepTo(page, 15);
  const table = page.getByTestId("verdict");
  await expect(table.locator("caption")).toHaveText(/^Last 10.s$/);
  await page.getByTestId("fault 1").click();
  await stepTo(page, 45);
  await expect(page.getByTestId("verdict says")).toHaveText(/^B served [\d.]+\/s, A [\d.]+\/s\.$/);
  await page.getByTestId("over whole").click();
  await expect(table.locator("caption")).toHaveText(/^Whole run, 45.s$/);
  await expect(page.getByTestId("over whole")).toHaveAttribute("aria-pressed", "true");
});
