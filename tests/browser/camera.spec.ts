// A stage from nearer: wheel, fingers, keys, buttons; and the page scrolls as before.
import { expect, frames, openStill, picture, stepTo, test } from "./page";
import type { Page } from "@playwright/test";

const ADDRESS = "./#/gallery/click-feed";

async function ready(page: Page) {
  await openStill(page, ADDRESS);
  await stepTo(page, 5);
  await frames(page);
  const stage = page.getByTestId("stage A");
  const box = (await stage.boundingBox())!;
  return { stage, box, middle: [box.x + box.width / 2, box.y + box.height / 2] as const };
}

const closer = (page: Page) => page.locator(".pane").first().evaluate((pane) => pane.hasAttribute("data-closer"));

test("the wheel scrolls the page, with the control key it looks nearer around the pointer", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 500 });
  const { stage, middle } = await ready(page);
  const fitted = await picture(stage);
  await page.mouse.move(...middle);
  await page.mouse.wheel(0, 200);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(50);
  expect(await closer(page)).toBe(false);
  await page.evaluate(() => scrollTo(0, 0));
  await frames(page);
  expect(await picture(stage)).toBe(fitted);

  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -400);
  await expect.poll(() => closer(page)).toBe(true);
  await frames(page);
  expect(await picture(stage)).not.toBe(fitted);
  expect(await page.evaluate(() => scrollY), "the page stays").toBe(0);
  for (let turns = 0; turns < 8; turns += 1) await page.mouse.wheel(0, 400);
  await page.keyboard.up("Control");
  await expect.poll(() => closer(page)).toBe(false);
  await frames(page);
  expect(await picture(stage), "the same as before").toBe(fitted);
});

test.fixme("dragging moves what is seen, a double click shows a node, another one everything", async ({ page }) => {
  const { stage, box, middle } = await ready(page);
  const fitted = await picture(stage);
  const drag = async (by: number) => {
    await page.mouse.move(...middle);
    await page.mouse.down();
    await page.mouse.move(middle[0] + by / 2, middle[1]);
    await page.mouse.move(middle[0] + by, middle[1]);
    await page.mouse.up();
    await frames(page);
    return picture(stage);
  };
  expect(await drag(120), "all is seen: nothing to move to").toBe(fitted);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -500);
  await page.keyboard.up("Control");
  await frames(page);
  const near = await picture(stage);
  const moved = await drag(80);
  expect(moved).not.toBe(near);
  expect(await drag(-80), "back again").toBe(near);
  await page.mouse.dblclick(box.x + 4, box.y + box.height - 4);
  await expect.poll(() => closer(page)).toBe(false);
  await frames(page);
  expect(await picture(stage)).toBe(fitted);
});

test("keys and buttons do the same", async ({ page }) => {
  const { stage } = await ready(page);
  const fitted = await picture(stage);
  const [nearer, further, all] = ["zoom-in", "zoom-out", "zoom-fit"].map((id) => page.getByTestId(`${id} 0`));
  await expect(further).toHaveAttribute("aria-disabled", "true");
  await nearer.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => closer(page)).toBe(true);
  await expect(further).toHaveAttribute("aria-disabled", "false");
  for (let presses = 0; presses < 8; presses += 1) await page.keyboard.press("+");
  await expect(nearer).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("0");
  await expect.poll(() => closer(page)).toBe(false);
  await frames(page);
  expect(await picture(stage)).toBe(fitted);
  await nearer.click();
  await further.click();
  await nearer.click();
  await all.click();
  await expect.poll(() => closer(page)).toBe(false);
  // On the page elsewhere the same keys do nothing.
  await page.getByTestId("theme").focus();
  await page.keyboard.press("+");
  expect(await closer(page)).toBe(false);
});

test("two fingers pinch, one finger scrolls the page until then", async ({ page, context }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const { stage, box } = await ready(page);
  await stage.scrollIntoViewIfNeeded();
  const at = (await stage.boundingBox())!;
  expect(await stage.evaluate((canvas) => getComputedStyle(canvas).touchAction)).toBe("pan-y");
  const session = await context.newCDPSession(page);
  const [x, y] = [at.x + box.width / 2, at.y + Math.min(at.height, 300) / 2];
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", gap: number) =>
    session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: type === "touchEnd" ? [] : [{ x: x - gap, y, id: 1 }, { x: x + gap, y, id: 2 }],
    });
  await touch("touchStart", 20);
  for (const gap of [30, 45, 60, 80]) await touch("touchMove", gap);
  await touch("touchEnd", 0);
  await expect.poll(() => closer(page)).toBe(true);
  expect(await stage.evaluate((canvas) => getComputedStyle(canvas).touchAction)).toBe("none");
  expect(await page.evaluate(() => visualViewport!.scale), "the page itself is not magnified").toBe(1);
});
