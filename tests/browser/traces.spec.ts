// Traces: lists, a waterfall, its table and its files, by keyboard alone.
import { clock, expect, frames, LESSONS, openStill, picture, stepTo, test } from "./page";
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

const LATE = { address: "./#/gallery/circuit-breaker", at: 12 };

/** A paused page with the traces closed, and its parts. */
async function still(page: Page, { address, at } = LATE) {
  await openStill(page, address);
  await stepTo(page, at);
  await frames(page, 20);
  const traces = page.getByTestId("traces");
  const [latency, stage] = [page.getByTestId("chart 2"), page.getByTestId("stage A")];
  return { latency, stage, traces, waterfall: page.getByTestId("waterfall") };
}

/** What a canvas shows when the pointer is nowhere. */
async function quiet(page: Page, canvas: Locator) {
  await canvas.hover();
  await page.mouse.move(2, 2);
  await frames(page, 20);
  return picture(canvas);
}

test("a click on the latencies opens the nearest trace, and the trace has its point there", async ({ page }) => {
  const { latency, traces, waterfall } = await still(page);
  const [plain, box] = [await quiet(page, latency), (await latency.boundingBox())!];
  // The axis is 15 s long: 8 seconds after its beginning.
  await latency.click({ position: { x: 46 + ((box.width - 86) * 8) / 15, y: box.height / 2 } });
  await expect(waterfall).toBeFocused();
  const [first, marked] = [await waterfall.getAttribute("aria-label"), await quiet(page, latency)];
  expect(marked, "the point").not.toBe(plain);
  await page.getByTestId("chart 2").click({ position: { x: 46 + ((box.width - 86) * 2) / 15, y: box.height / 2 } });
  await expect(waterfall).not.toHaveAttribute("aria-label", first!);
  expect(await quiet(page, latency), "another point").not.toBe(marked);
  await traces.locator("summary").first().click();
  await expect(waterfall).toHaveCount(0);
  expect(await quiet(page, latency), "no trace is shown").toBe(plain);
});

test("the keyboard opens the trace at the crosshair, in the map of latencies too", async ({ page }) => {
  const { latency, waterfall } = await still(page);
  await page.getByTestId("choose charts").click();
  await page.getByTestId("choose heatmap").check();
  const shown = new Set<string | null>();
  for (const chart of [latency, page.getByTestId("chart 5")]) {
    const plain = await quiet(page, chart);
    await chart.focus();
    await page.keyboard.press("Home");
    for (let presses = 0; presses < 8; presses += 1) await page.keyboard.press(chart === latency ? "ArrowRight" : "Shift+ArrowRight");
    await page.keyboard.press("Enter");
    await expect(waterfall).toBeFocused();
    shown.add(await waterfall.getAttribute("aria-label"));
    expect(await quiet(page, chart)).not.toBe(plain);
  }
  expect(shown.size).toBe(2);
});

test("a trace leads to its moment on the stage, and is marked there", async ({ page }) => {
  const { stage, traces, waterfall } = await still(page);
  await traces.locator("summary").first().click();
  await page.getByTestId("trace 1").click();
  await expect(page.getByTestId("moment 2")).toBeVisible();
  const [end, here] = [await clock(page), page.getByTestId("trace here")];
  await expect(here, "it is over").toBeEmpty();
  await page.getByTestId("moment 1").click();
  await expect(page.locator("#figure")).toBeFocused();
  await expect(here).toHaveText(/^Messages on their way now: \d/);
  expect(await clock(page)).toBeLessThan(end);
  const marked = await quiet(page, stage);
  await traces.locator("summary").first().click();
  expect(await quiet(page, stage), "no trace is shown").not.toBe(marked);
  await traces.locator("summary").first().click();
  expect(await quiet(page, stage)).toBe(marked);
  // By keys: the moment when a row began.
  await stepTo(page, end);
  await waterfall.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(page.locator("#figure")).toBeFocused();
  expect(await clock(page)).toBeLessThan(end);
  await expect(here).toHaveText(/^Messages on their way now: /);
});

test("a dot leads to its trace", async ({ page }) => {
  const { stage, waterfall } = await still(page, { address: "./#/gallery/the-long-way", at: 5 });
  const box = (await stage.boundingBox())!;
  const said = () => page.evaluate(() => document.querySelector("[data-testid=foot]")?.textContent ?? "");
  const dot = async () => {
    for (let down = 0.1; down < 1; down += 0.04) {
      for (let right = 0.02; right < 1; right += 0.02) {
        await page.mouse.move(box.x + box.width * right, box.y + box.height * down);
        if (/arrives in|will be lost/.test(await said())) return true;
      }
    }
    return false;
  };
  expect(await dot(), "a dot under the pointer").toBe(true);
  await page.mouse.down();
  await page.mouse.up();
  await expect(page.getByTestId("inspector").getByRole("heading", { level: 2 })).toHaveText(/^Message \d/);
  await expect(waterfall).toBeVisible();
  await expect(page.getByTestId("trace here")).toHaveText(/^Messages on their way now: [1-9]/);
});

test("what is shown of a variant goes with it", async ({ page }) => {
  const { traces, waterfall } = await still(page);
  await page.getByTestId("split").click();
  await traces.locator("summary").first().click();
  await page.getByTestId("trace variant 2").click();
  await page.getByTestId("trace 1").click();
  await expect(waterfall).toBeVisible();
  await page.getByTestId("swap").click();
  await expect(waterfall, "B is another variant now").toHaveCount(0);
});
