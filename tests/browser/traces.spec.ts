// Traces: lists, a waterfall, its table and its files, by keyboard alone.
import { expect, frames, LESSONS, openStill, picture, stepTo, test } from "./page";
import type { Locator, Page } from "@playwright/test";
import { readFileSync } from "node:fs";

/** Presses Tab until an element has the focus. */
async function tabTo(page: Page, wanted: Locator) {
  await expect(wanted).toBeVisible();
  for (let presses = 0; presses < 200; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  expect(false, "Tab reaches it").toBe(true);
}

/** Presses a button with the keyboard, and reads the file that it saves. */
async function saved(page: Page, button: Locator): Promise<{ name: string; text: string }> {
  await tabTo(page, button);
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

/** The spans of an OTLP/JSON file, each checked by the rules of the protocol. */
function spansOf(text: string) {
  const spans = JSON.parse(text).resourceSpans.flatMap((resource: any) => resource.scopeSpans.flatMap((scope: any) => scope.spans));
  for (const span of spans) {
    expect(span.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(span.spanId).toMatch(/^[0-9a-f]{16}$/);
    for (const instant of [span.startTimeUnixNano, span.endTimeUnixNano]) expect(instant).toMatch(/^\d{19}$/);
    expect(BigInt(span.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano));
  }
  const ids = spans.map((span: any) => span.spanId);
  for (const { parentSpanId } of spans) if (parentSpanId) expect(ids).toContain(parentSpanId);
  return spans;
}

async function openTraces(page: Page) {
  await openStill(page, `./#/lesson/${LESSONS[0]}`);
  await stepTo(page, 8);
  await tabTo(page, page.getByTestId("traces").locator("summary").first());
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("trace 1")).toBeVisible();
}

test("a trace is found, read and saved by keyboard alone", async ({ page }) => {
  await openTraces(page);
  await tabTo(page, page.getByTestId("trace list 4"));
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("trace list 4")).toHaveAttribute("aria-pressed", "true");
  const first = page.getByTestId("trace 1");
  await expect(first).toHaveText(/^[0-9a-f]{4}…[0-9a-f]{2}$/);
  await tabTo(page, first);
  await page.keyboard.press("Enter");
  await expect(first).toHaveAttribute("aria-pressed", "true");

  const waterfall = page.getByTestId("waterfall");
  await tabTo(page, waterfall);
  await frames(page);
  const before = await picture(waterfall);
  await page.keyboard.press("ArrowDown");
  await expect(page.getByTestId("waterfall row")).toHaveText(/^Shoppers: .*; /);
  await page.keyboard.press("End");
  await expect(page.getByTestId("waterfall row")).not.toHaveText(/^Shoppers: /);
  await frames(page);
  expect(await picture(waterfall), "the row is marked").not.toBe(before);

  const details = page.getByTestId("waterfall table");
  await tabTo(page, details.locator("summary"));
  await page.keyboard.press("Enter");
  await expect(details.locator("tbody tr").first()).toContainText("Shoppers");
  const rows = await details.locator("tbody tr").count();
  expect(rows).toBeGreaterThan(1);

  const one = await saved(page, page.getByTestId("save 1"));
  expect(one.name).toMatch(/^trace-\d+\.otlp\.json$/);
  const spans = spansOf(one.text);
  expect(spans.length).toBeGreaterThanOrEqual(rows);
  expect(new Set(spans.map((span: any) => span.traceId)).size).toBe(1);
  const events = JSON.parse((await saved(page, page.getByTestId("save 2"))).text).traceEvents;
  expect(events.filter((event: any) => event.ph === "X").length).toBe(spans.length);
  const all = await saved(page, page.getByTestId("save 3"));
  expect(all.name).toBe("traces.otlp.json");
  expect(spansOf(all.text).length).toBeGreaterThan(spans.length);
});

test("the lists stay within a narrow page", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await openTraces(page);
  await page.getByTestId("trace 1").click();
  await expect(page.getByTestId("waterfall")).toBeVisible();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
  const sizes = await page.getByTestId("traces").locator("button").evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)));
  expect(Math.min(...sizes), "room for a finger").toBeGreaterThanOrEqual(44);
});
