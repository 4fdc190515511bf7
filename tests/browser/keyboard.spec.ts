// The keyboard alone reaches everything, and its keys do what the cheat sheet says.
import { key, TABLE } from "./keys";
import { clock, expect, frames, open, openStill, PAGES, picture, stepTo, test } from "./page";
import type { Page } from "@playwright/test";

const REACHABLE = "a[href], button:not(:disabled, [tabindex='-1']), input, select, summary, [tabindex='0']";

for (const address of PAGES) {
  test(`Tab reaches everything on ${address} and shows where it is`, async ({ page }) => {
    await openStill(page, address);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const wanted = await page.evaluate((reachable) => {
      const all = [...document.querySelectorAll<HTMLElement>(reachable)].filter((element) => element.checkVisibility());
      all.forEach((element, at) => (element.dataset.tab = String(at)));
      return all.length;
    }, REACHABLE);
    const reached = new Set<string>();
    for (let presses = 0; presses < wanted + 3; presses += 1) {
      await page.keyboard.press("Tab");
      const focus = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        if (!element || element === document.body) return null;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const { left, top, width, height } = element.getBoundingClientRect();
        const on = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 20));
        return {
          tab: element.dataset.tab ?? "?",
          what: element.outerHTML.slice(0, 120),
          ring: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2,
          // The parts of a stage are buttons for those who do not see it; the stage marks the one that has the focus.
          seen: element.id.startsWith("part-") || !!on && (element.contains(on) || on.contains(element) || element.labels?.[0]?.contains(on) === true),
        };
      });
      if (!focus) continue;
      reached.add(focus.tab);
      expect(focus.ring, `a ring around ${focus.what}`).toBe(true);
      expect(focus.seen, `nothing in front of ${focus.what}`).toBe(true);
    }
    const missed = await page.evaluate((reached) => {
      const all = [...document.querySelectorAll<HTMLElement>("[data-tab]")];
      return all.filter((element) => !reached.includes(element.dataset.tab!)).map((element) => element.outerHTML.slice(0, 120));
    }, [...reached]);
    expect(missed, "never reached").toEqual([]);
  });
}

const speed = (page: Page) => page.getByTestId("speed").evaluate((select) => (select as HTMLSelectElement).value);

test("the cheat sheet has the keys of the table, with what they do", async ({ page }) => {
  await openStill(page);
  await page.keyboard.press(key("help"));
  const sheet = page.locator("dialog dl");
  const terms = await sheet.locator("dt").evaluateAll((all) => all.map((dt) => [(dt as HTMLElement).dataset.key, dt.textContent]));
  expect(terms).toEqual(TABLE.map((row) => [row.id, row.shown]));
  expect(await sheet.locator("dd").allTextContents()).toEqual(TABLE.map((row) => row.does));
});

test("keys play, step, change the speed, restart and break", async ({ page }) => {
  await open(page);
  const [play, fault] = [page.getByTestId("play"), page.getByTestId("fault 1")];
  await page.keyboard.press(key("play"));
  await expect(play).toHaveAttribute("aria-label", "Play");
  await page.keyboard.press(key("play"));
  await expect(play).toHaveAttribute("aria-label", "Pause");

  // A step pauses.
  await page.keyboard.press(key("step-event"));
  await expect(play).toHaveAttribute("aria-label", "Play");
  const before = await clock(page);
  await page.keyboard.press(key("step-event"));
  await page.keyboard.press(key("step-event"));
  await expect.poll(() => clock(page)).toBeGreaterThan(before);
  expect(await clock(page), "an event is not a second").toBeLessThan(before + 1);
  const event = await clock(page);
  await page.keyboard.press(key("step-second"));
  await expect.poll(() => clock(page)).toBeCloseTo(event + 1, 2);

  const normal = await speed(page);
  await page.keyboard.press(key("speed"));
  await expect.poll(() => speed(page)).not.toBe(normal);
  await page.keyboard.press(key("speed", 1));
  await expect.poll(() => speed(page)).toBe(normal);

  await page.keyboard.press(key("fault"));
  await expect(fault).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press(key("fault"));
  await expect(fault).toHaveAttribute("aria-pressed", "false");
  await page.keyboard.press(key("restart"));
  await expect.poll(() => clock(page)).toBe(0);
});

test("the cheat sheet opens at ?, closes at Escape, and gives the focus back", async ({ page }) => {
  await openStill(page);
  await page.getByTestId("restart").focus();
  await page.keyboard.press(key("help"));
  const sheet = page.locator("dialog");
  await expect(sheet).toBeVisible();
  const close = sheet.getByRole("button");
  await expect(sheet.getByRole("heading"), "reading begins at the head").toBeFocused();
  // Beside the dialog only the browser itself can have the focus.
  for (const key of ["Tab", "Tab", "Shift+Tab"]) {
    await page.keyboard.press(key);
    const inside = (dialog: Element) => dialog.contains(document.activeElement) || document.activeElement === document.body;
    expect(await sheet.evaluate(inside), "focus stays inside").toBe(true);
  }
  await close.focus();
  await page.keyboard.press("Space");
  await expect(sheet, "the button with the focus closes it").toHaveCount(0);
  await page.keyboard.press(key("help"));
  await expect(sheet).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
  await expect(page.getByTestId("restart")).toBeFocused();
  await page.getByTestId("help").click();
  await expect(sheet).toBeVisible();
});

test("keys that are typed into a field stay there", async ({ page }) => {
  await openStill(page);
  await stepTo(page, 2);
  const [at, before] = [await clock(page), await speed(page)];
  const seed = page.getByTestId("seed");
  await seed.focus();
  for (const key of ["1", "r", "Space", "?", "ArrowRight", "ArrowUp"]) await page.keyboard.press(key);
  expect(await seed.inputValue()).toContain("1r ?");
  await expect(page.getByTestId("fault 1")).toHaveAttribute("aria-pressed", "false");
  await expect(page.getByTestId("play")).toHaveAttribute("aria-label", "Play");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await clock(page)).toBe(at);
  expect(await speed(page)).toBe(before);
});

test("buttons and sliders keep their own keys", async ({ page }) => {
  await openStill(page);
  const fault = page.getByTestId("fault 2");
  await fault.focus();
  await page.keyboard.press("Space");
  await expect(fault).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByTestId("play"), "space belonged to the button").toHaveAttribute("aria-label", "Play");
  const slider = page.getByRole("slider").first();
  const [at, place] = [await clock(page), await slider.inputValue()];
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  expect(await slider.inputValue()).not.toBe(place);
  expect(await clock(page), "the arrow belonged to the slider").toBe(at);
});

test("arrows in a chart move its crosshair", async ({ page }) => {
  await openStill(page);
  await stepTo(page, 10);
  const chart = page.getByTestId("chart 1");
  await chart.focus();
  const at = await clock(page);
  const seen = new Set<string>();
  for (const [key, presses] of [["ArrowLeft", 0], ["ArrowLeft", 5], ["ArrowRight", 3]] as const) {
    for (let pressed = 0; pressed < presses; pressed += 1) await page.keyboard.press(key);
    await frames(page);
    seen.add(await picture(chart));
  }
  expect(seen.size, "three pictures: none, at the left, further right").toBe(3);
  expect(await clock(page), "time is not what the arrows move here").toBe(at);
});

test("the skip link leads to the figure and leaves the address as it is", async ({ page }) => {
  await open(page, PAGES[1]);
  const address = page.url();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the figure" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#figure")).toBeFocused();
  expect(page.url(), "a reload shows the same page").toBe(address);
});
