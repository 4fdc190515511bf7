// A slider changes what is measured, at once, in both systems.
import { expect, openStill, pause, rate, stepTo, test } from "./page";

const RATE = "knob nodes.shoppers.arrivals.poisson.rate";

test("the request rate that is set is the one that is measured", async ({ page }) => {
  await openStill(page);
  await stepTo(page, 10);
  const slider = page.getByTestId(RATE);
  const value = slider.locator("xpath=..").locator("output");
  const before = await value.innerText();
  const places = Number(await slider.getAttribute("max"));
  await slider.fill(String(Math.round(places * 0.8)));
  await expect(value).not.toHaveText(before);
  const set = Number.parseFloat(await value.innerText());
  expect(set).toBeGreaterThan(2 * Number.parseFloat(before));
  await stepTo(page, 25);
  for (const variant of ["A", "B"] as const) {
    const measured = await rate(page, variant, "offered");
    expect(measured / set, `${variant}: ${measured} of ${set} per second`).toBeGreaterThan(0.7);
    expect(measured / set, `${variant}: ${measured} of ${set} per second`).toBeLessThan(1.4);
  }
  expect(await rate(page, "A", "offered"), "the same arrivals").toBe(await rate(page, "B", "offered"));
});

test("every slider takes its ends, and the simulation goes on", async ({ page }) => {
  await openStill(page);
  const sliders = page.getByRole("slider");
  const count = await sliders.count();
  expect(count).toBeGreaterThanOrEqual(5);
  for (let at = 0; at < count; at += 1) {
    for (const end of ["max", "min"]) {
      const slider = sliders.nth(at);
      const place = (await slider.getAttribute(end))!;
      await slider.fill(place);
      await expect(slider).toHaveValue(place);
      await expect(slider).not.toHaveAttribute("aria-invalid", "true");
      await page.getByTestId("step-second").click();
    }
  }
  await pause(page);
  await stepTo(page, 2 * count);
});

for (const size of [{ width: 1440, height: 900 }, { width: 1280, height: 640 }, { width: 390, height: 844 }]) {
  test(`what is wrong with a seed is seen above the bar of time at ${size.width} × ${size.height}`, async ({ page }) => {
    await page.setViewportSize(size);
    await openStill(page);
    const seed = page.getByTestId("seed");
    await seed.fill("1x");
    await seed.press("Enter");
    const said = page.locator(".knobs .problems");
    await expect(said).toBeVisible();
    const [box, bar] = await Promise.all([said.boundingBox(), page.locator(".transport").boundingBox()]);
    expect(box!.y).toBeGreaterThanOrEqual(0);
    expect(box!.y + box!.height).toBeLessThanOrEqual(bar!.y);
    await seed.fill("7");
    await seed.press("Enter");
    await expect(said).toBeHidden();
  });
}
