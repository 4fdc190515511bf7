// Words are the legend: a term says what it means and lights it up on the stage; all of them stand in the glossary.
import { expect, frames, openStill, picture, test, workers } from "./page";
import type { Page } from "@playwright/test";

const LESSON = "./#/lesson/a-call-that-blocks";
const word = (page: Page, name: string) => page.locator(`.intro [data-word="${name}"]`).first();

/** The stage as it is once all that changed has been painted. */
async function stage(page: Page): Promise<string> {
  await frames(page);
  return picture(page.getByTestId("stage A"));
}

for (const size of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
  test(`a word says what it means and lights it up, ${size.width} pixels wide`, async ({ page }) => {
    await page.setViewportSize(size);
    await openStill(page, LESSON);
    // Until a worker waits for an answer: its request is on the way then.
    for (let events = 0; events < 200 && !(await workers(page, "A", "Shop")).blocked; events += 1) {
      await page.getByTestId("step").click();
    }
    const entry = page.getByRole("tooltip");
    await expect(entry).toBeHidden();
    const before = await stage(page);

    // By the pointer: it may go over to the entry, and takes it along when it leaves.
    await word(page, "blocked").hover();
    await expect(entry).toContainText("A worker that isn't computing");
    expect(await stage(page)).not.toBe(before);
    const box = (await entry.boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(size.width);
    await entry.hover();
    await expect(entry).toBeVisible();
    await page.mouse.move(1, 1);
    await expect(entry).toBeHidden();
    expect(await stage(page)).toBe(before);

    // By keyboard: Escape closes it and leaves the focus where it is.
    const request = word(page, "request");
    await request.focus();
    await expect(entry).toContainText("A call on its way");
    await expect(request).toHaveAttribute("aria-describedby", (await entry.getAttribute("id"))!);
    const lit = await stage(page);
    expect(lit).not.toBe(before);
    const seen = (await entry.boundingBox())!;
    expect(seen.y).toBeGreaterThanOrEqual(0);
    expect(seen.y + seen.height).toBeLessThanOrEqual(size.height);
    await page.keyboard.press("Escape");
    await expect(entry).toBeHidden();
    await expect(request).toBeFocused();
    expect(await stage(page)).toBe(before);

    // Another word means something else.
    await page.keyboard.press("Tab");
    await expect(entry).toBeVisible();
    expect([before, lit]).not.toContain(await stage(page));
  });
}

test("every word of every step has its entry", async ({ page }) => {
  await openStill(page, LESSON);
  const entry = page.getByRole("tooltip");
  for (let more = true; more; ) {
    for (const each of await page.locator(".intro [data-word]").all()) {
      const name = (await each.getAttribute("data-word"))!;
      await each.focus();
      // The variants say themselves what they are.
      if (!["A", "B"].includes(name)) await expect(entry.locator("p").first(), name).toHaveText(name);
    }
    more = await page.getByTestId("next").isEnabled();
    if (more) await page.getByTestId("next").press("Enter");
    await expect(entry).toBeHidden();
  }
});

test("a variant's letter lights up its stage", async ({ page }) => {
  await openStill(page, `${LESSON}/6`);
  const both = async () => [await stage(page), await picture(page.getByTestId("stage B"))];
  await page.getByTestId("step").click();
  const [a, b] = await both();
  await word(page, "A").focus();
  const [lit, same] = await both();
  expect(lit).not.toBe(a);
  expect(same).toBe(b);
});

test("the glossary has every word once, and lessons and the course lead to it", async ({ page }) => {
  await openStill(page, LESSON);
  await page.locator(".teachers").getByRole("link", { name: "Glossary" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Glossary" })).toBeVisible();
  const names = await page.locator(".entries dt").allInnerTexts();
  expect(names.length).toBeGreaterThan(10);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual([...names].sort((a, b) => a.toLowerCase().localeCompare(b.toLowerCase())));
  await expect(page.locator(".entries dd")).toHaveCount(names.length);
  await expect(page.locator(".entries .glyph").first()).toBeVisible();
  await page.goto("./#/course");
  await page.locator(".course").getByRole("link", { name: "Glossary" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Glossary" })).toBeVisible();
});

for (const size of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
  test(`figures and charts say what they mean where one points, ${size.width} pixels wide`, async ({ page }) => {
    await page.setViewportSize(size);
    await openStill(page, "./#/lesson/the-circuit-breaker/2");
    const entry = page.getByRole("tooltip");
    const inSight = async () => {
      const box = (await entry.boundingBox())!;
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(size.width);
    };

    // A chart: by the pointer and by keyboard.
    const chart = page.getByTestId("means 1");
    await chart.scrollIntoViewIfNeeded();
    await chart.hover();
    await expect(entry).toContainText("Offered: sent.");
    await inSight();
    await page.mouse.move(1, 1);
    await expect(entry).toBeHidden();
    await chart.focus();
    await expect(entry).toContainText("Offered: sent.");
    await expect(chart).toHaveAttribute("aria-describedby", (await entry.getAttribute("id"))!);
    await page.keyboard.press("Escape");
    await expect(entry).toBeHidden();

    // A figure: Escape closes its entry first, then the inspector.
    await page.getByTestId("parts A").getByRole("button", { name: "Shoppers", exact: true }).focus();
    await page.keyboard.press("Enter");
    const inspector = page.getByTestId("inspector");
    const figure = inspector.getByRole("button", { name: "Latency, p50", exact: true });
    await figure.focus();
    await expect(entry).toHaveText("Half of the answers came within this time.");
    await inSight();
    await page.keyboard.press("Escape");
    await expect(entry).toBeHidden();
    await expect(figure).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(inspector).toBeHidden();
  });
}
