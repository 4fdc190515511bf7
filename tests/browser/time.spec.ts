// Time: back and forth, a changed past, the future that was left, the end.
import { expect, open, test } from "./page";
import type { Page } from "@playwright/test";

const SCENARIO = "./#/gallery/circuit-breaker";
const now = async (page: Page) => (await page.getByTestId("clock").textContent())!;
const summary = (page: Page) => page.getByTestId("summary A").locator("ul").first().locator("li").allTextContents();

/** Runs to the end and stands there. */
async function end(page: Page) {
  await open(page, SCENARIO);
  await page.keyboard.press("End");
  await expect(page.getByTestId("clock")).toHaveText("01:00.000");
}

test("any moment looks the same whenever one comes back to it", async ({ page }) => {
  await end(page);
  const line = page.getByTestId("timeline");
  await line.focus();
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(page.getByTestId("clock")).toHaveText("00:50.000");
  await page.keyboard.press("PageDown");
  await expect(page.getByTestId("clock")).toHaveText("00:40.000");
  const before = await summary(page);
  await page.keyboard.press("Home");
  await expect(page.getByTestId("clock")).toHaveText("00:00.000");
  for (let step = 0; step < 4; step++) await page.keyboard.press("PageUp");
  await expect(page.getByTestId("clock")).toHaveText("00:40.000");
  expect(await summary(page)).toEqual(before);
  // The future is known: the line says so, and playing goes on into it.
  await expect(line).toHaveAttribute("aria-valuetext", /40\ss of 60\ss/);
});

test("what is changed in the past makes another future, and the old one is kept", async ({ page }) => {
  await end(page);
  const first = await summary(page);
  await page.getByTestId("timeline").focus();
  for (let step = 0; step < 5; step++) await page.keyboard.press("PageDown");
  await expect(page.getByTestId("clock")).toHaveText("00:10.000");
  await expect(page.getByTestId("unfork")).toHaveCount(0);
  const knob = page.getByTestId("knob nodes.shop.operations.order[0].call.circuit_breaker.open_for");
  const found = (await knob.count()) ? knob : page.locator("input[data-testid^='knob ']").nth(1);
  await found.focus();
  await page.keyboard.press("End");
  await expect(page.getByTestId("unfork")).toBeVisible();
  await page.getByTestId("timeline").focus();
  for (let step = 0; step < 5; step++) await page.keyboard.press("PageUp");
  await expect(page.getByTestId("clock")).toHaveText("01:00.000");
  expect(await summary(page)).not.toEqual(first);
  await page.getByTestId("unfork").click();
  await expect(page.getByTestId("clock")).toHaveText("01:00.000");
  expect(await summary(page)).toEqual(first);
});

test("the start page goes back and forth like any other, with what was set", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Space");
  await expect(page.getByTestId("play")).toHaveAccessibleName("Play");
  const paused = await now(page);
  for (let step = 0; step < 5; step++) await page.keyboard.press("Shift+ArrowRight");
  // Five seconds on: a key takes effect with the next frame.
  const before = paused.replace(/:(\d+)/, (_, seconds) => `:${String(Number(seconds) + 5).padStart(2, "0")}`);
  await expect(page.getByTestId("clock")).toHaveText(before);
  await page.getByTestId("knob nodes.payment.workers").focus();
  await page.keyboard.press("ArrowRight");
  const workers = await page.getByTestId("knob nodes.payment.workers").inputValue();
  const here = await summary(page);
  await page.getByTestId("timeline").focus();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByTestId("clock")).not.toHaveText(before);
  await page.getByTestId("timeline").focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByTestId("clock")).toHaveText(before);
  expect(await summary(page)).toEqual(here);
  expect(await page.getByTestId("knob nodes.payment.workers").inputValue()).toBe(workers);
});
