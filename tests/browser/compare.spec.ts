// The point of the opening page: after payment becomes slow, A stands still and B goes on.
import { expect, openStill, rate, stepTo, test, workers } from "./page";

test("a slow payment blocks all workers of A, and B stays open", async ({ page }) => {
  await openStill(page);
  await stepTo(page, 15);
  for (const lane of ["A", "B"] as const) {
    expect(await rate(page, lane, "good"), `${lane} serves before the fault`).toBeGreaterThan(8);
    expect(await rate(page, lane, "failed"), `${lane} fails nobody before the fault`).toBe(0);
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
