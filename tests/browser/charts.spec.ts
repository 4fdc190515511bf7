// Charts: which are shown, one large, their files, their crosshair.
import { clock, expect, frames, open, OPENING, pause, picture, stepTo, test } from "./page";
import { readFileSync } from "node:fs";
import type { Download, Page } from "@playwright/test";

/** A scenario of the gallery, paused at an instant. */
async function still(page: Page, slug: string, at = 12) {
  await open(page, `./#/gallery/${slug}`);
  await pause(page);
  await page.getByTestId("restart").click();
  await expect.poll(() => clock(page)).toBe(0);
  await stepTo(page, at);
}

/** The file that a press on a button gives. */
async function file(page: Page, place: number, form: "PNG" | "SVG" | "CSV"): Promise<[Download, Buffer]> {
  await page.getByTestId(`save as ${place}`).click();
  const coming = page.waitForEvent("download");
  await page.getByTestId(`save ${place} ${form}`).click();
  await page.getByTestId(`save as ${place}`).click();
  const download = await coming;
  return [download, readFileSync(await download.path())];
}

test("charts are chosen, remembered, and offered only where they have something to show", async ({ page }) => {
  await still(page, "circuit-breaker");
  await page.getByTestId("choose charts").click();
  await expect(page.getByTestId("choose breakers")).toBeChecked();
  await expect(page.getByTestId("choose lag")).toHaveCount(0);
  await expect(page.getByTestId("chart 5")).toHaveCount(0);
  await page.getByTestId("choose heatmap").check();
  await expect(page.getByTestId("chart 5")).toBeVisible();
  await page.getByTestId("choose answers").uncheck();
  await expect(page.getByTestId("chart 1")).toHaveCount(0);
  await page.reload();
  await expect(page.getByTestId("chart 5")).toBeVisible();
  await expect(page.getByTestId("chart 1")).toHaveCount(0);
});

test("a chart is made large, of one node, and small again by Escape", async ({ page }) => {
  await still(page, "circuit-breaker");
  const before = await page.getByTestId("chart 3").boundingBox();
  await page.getByTestId("enlarge 3").click();
  await expect.poll(async () => (await page.getByTestId("chart 3").boundingBox())!.width).toBeGreaterThan(before!.width * 2);
  await page.getByTestId("of 3").selectOption("Delivery");
  await expect(page.getByRole("img", { name: "Waiting · Delivery" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect.poll(async () => (await page.getByTestId("chart 3").boundingBox())!.width).toBeLessThan(before!.width * 1.2);
});

test("files hold what the chart shows", async ({ page }) => {
  await still(page, "circuit-breaker");
  const [csv, values] = await file(page, 1, "CSV");
  expect(csv.suggestedFilename()).toBe("cascade-answers.csv");
  const rows = values.toString().trimEnd().split("\r\n");
  expect(rows[0]).toMatch(/^time \(s\),offered \(1\/s\),good \(1\/s\)/);
  expect(rows.length, "a row for each window").toBeGreaterThan(20);
  expect(rows.every((row) => row.split(",").length === rows[0].split(",").length)).toBe(true);
  const [svg, shapes] = await file(page, 2, "SVG");
  expect(svg.suggestedFilename()).toBe("cascade-latency.svg");
  expect(shapes.toString()).toMatch(/^<svg [\s\S]*<polyline [\s\S]*p99<\/text>[\s\S]*<\/svg>\n$/);
  const [png, pixels] = await file(page, 3, "PNG");
  expect(png.suggestedFilename()).toBe("cascade-waiting.png");
  expect(pixels.subarray(1, 4).toString()).toBe("PNG");
  const box = await page.getByTestId("chart 3").boundingBox();
  expect(pixels.readUInt32BE(16), "two pixels to one, and large enough for a slide").toBe(2 * Math.max(640, Math.floor(box!.width)));
});

test("the crosshair says what the table says, and stands in every chart and in the line of time", async ({ page }) => {
  await still(page, "circuit-breaker", 35);
  const line = page.locator(".timeline canvas");
  await frames(page, 20);
  const pictures = await Promise.all([page.getByTestId("chart 2"), line].map(picture));
  await page.getByTestId("chart 1").focus();
  await page.keyboard.press("Home");
  for (let presses = 0; presses < 2; presses += 1) await page.keyboard.press("Shift+ArrowRight");
  const said = await page.getByTestId("cross 1").innerText();
  expect(said).toMatch(/^10\ss: /);
  await frames(page, 20);
  const crossed = await Promise.all([page.getByTestId("chart 2"), line].map(picture));
  expect(crossed[0]).not.toBe(pictures[0]);
  expect(crossed[1]).not.toBe(pictures[1]);
  const chart = page.locator(".chart").filter({ has: page.getByTestId("chart 1") });
  await chart.locator("details:not([class]) > summary").click();
  await expect(chart.locator("th").first()).toBeVisible();
  const head = await chart.locator("th").allInnerTexts();
  const row = chart.locator("tr").filter({ has: page.locator("td", { hasText: /^10\ss$/ }) });
  const cells = await row.locator("td").allInnerTexts();
  for (const [at, name] of head.entries()) {
    if (at > 0 && said.includes(`${name} `)) expect(said).toContain(`${name} ${cells[at]}`);
  }
  expect(said).toContain(`${head[1]} ${cells[1]}`);
});

test("theory stands beside practice, with its formula", async ({ page }) => {
  await still(page, "even-and-uneven", 20);
  await page.getByTestId("choose charts").click();
  await page.getByTestId("choose wait").check();
  const theory = page.locator(".theory").last();
  for (const [place, desk, says] of [[6, "Door desk", /Khinchine.*Wq.* = 200.*ms/], [16, "Group desk", /No textbook formula fits/]] as const) {
    if (place === 6) await page.getByTestId("enlarge 6").click();
    await page.getByTestId(`of ${place}`).selectOption(desk);
    await expect(page.getByRole("img", { name: `Wait for a worker · ${desk}` })).toBeFocused();
    await theory.locator("summary").click();
    await expect(theory).toContainText(says);
  }
});

test("the start page keeps its four charts", async ({ page }) => {
  await open(page, OPENING);
  for (const place of [1, 2, 3, 4]) await expect(page.getByTestId(`chart ${place}`)).toBeVisible();
  await expect(page.locator(".chart")).toHaveCount(4);
});

test("the charts that say something come first, and no chart leaves a gap beside it", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await still(page, "circuit-breaker");
  await expect(page.locator(".chart canvas").first()).toHaveAttribute("aria-label", /^Circuit breakers/);
  const charts = (await page.locator(".charts").boundingBox())!;
  const boxes = await page.locator(".chart").evaluateAll((all) => all.map((each) => each.getBoundingClientRect().toJSON()));
  for (const top of new Set(boxes.map((box) => box.top))) {
    const right = Math.max(...boxes.filter((box) => box.top === top).map((box) => box.right));
    expect(right).toBeGreaterThan(charts.x + charts.width - 2);
  }
});
