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

test("dragging moves what is seen, a double click shows a node, another one everything", async ({ page }) => {
  const { stage, box, middle } = await ready(page);
  const fitted = await picture(stage);
  // What is under the pointer is marked: it has to be elsewhere.
  const away = async () => {
    await page.mouse.move(2, 2);
    await frames(page);
    return picture(stage);
  };
  const drag = async (by: number) => {
    await page.mouse.move(...middle);
    await page.mouse.down();
    await page.mouse.move(middle[0] + by / 2, middle[1]);
    await page.mouse.move(middle[0] + by, middle[1]);
    await page.mouse.up();
    return away();
  };
  expect(await drag(120), "all is seen: nothing to move to").toBe(fitted);
  await page.mouse.move(...middle);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -500);
  await page.keyboard.up("Control");
  await expect.poll(() => closer(page)).toBe(true);
  const near = await away();
  const moved = await drag(80);
  expect(moved).not.toBe(near);
  expect(await drag(-80), "back again").toBe(near);
  await page.mouse.dblclick(box.x + 4, box.y + box.height - 4);
  await expect.poll(() => closer(page)).toBe(false);
  expect(await away()).toBe(fitted);
  await expect(page.getByTestId("inspector"), "none of this was a click").toHaveCount(0);
});

/** Whether the pointer finds something somewhere on a stage. */
async function found(page: Page, name: string) {
  const box = (await page.getByTestId("stage A").boundingBox())!;
  for (let down = 0.1; down < 1; down += 0.1) {
    for (let right = 0.03; right < 1; right += 0.05) {
      await page.mouse.move(box.x + box.width * right, box.y + box.height * down);
      const said = await page.evaluate(() => document.querySelector("[data-testid=foot]")?.textContent ?? "");
      if (said.startsWith(`${name}:`)) return true;
    }
  }
  return false;
}

test("what has the focus comes into sight", async ({ page }) => {
  await ready(page);
  const parts = page.getByTestId("parts A").getByRole("button");
  const names = (await parts.allTextContents()).filter((name) => !name.includes("→"));
  const [first, last] = [names[0], names.at(-1)!];
  await page.getByTestId("zoom-in 0").focus();
  for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press("+");
  await expect.poll(() => closer(page)).toBe(true);
  for (const [here, elsewhere] of [[first, last], [last, first]]) {
    await parts.filter({ hasText: new RegExp(`^${here}$`) }).focus();
    await frames(page);
    // The foot speaks of the pointer's thing alone when no part has the focus.
    await page.getByTestId("theme").focus();
    expect(await found(page, here), `${here} is seen`).toBe(true);
    expect(await found(page, elsewhere), `${elsewhere} is not`).toBe(false);
  }
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
