// The course: cards with pictures, search, how far one has come, on the start page and on a page of its own.
import { expect, LESSONS, open, OPENING, SLUGS, test } from "./page";
import type { Page } from "@playwright/test";

const KEY = "cascade.progress";
const LESSON = "a-call-that-blocks";

/** Scrolls to the course below the figure of the start page. */
async function below(page: Page) {
  await page.locator("#course").scrollIntoViewIfNeeded();
  await expect(page.locator(".course .card")).toHaveCount(LESSONS.length);
}

/** How wide and high the picture of each card is drawn. */
const pictures = (page: Page) =>
  page.locator(".card .picture use").evaluateAll((uses) =>
    uses.map((use) => {
      const { width, height } = (use as SVGGraphicsElement).getBBox();
      return Math.min(width, height);
    }),
  );

test("the start page has the course below its figure, fetched when it comes near", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname.split("/").pop()!));
  await page.setViewportSize({ width: 1440, height: 400 });
  await open(page, OPENING);
  await expect.poll(() => page.evaluate(() => performance.getEntriesByName("first message").length)).toBe(1);
  expect(asked.filter((name) => /index\.json|pictures\.svg/.test(name))).toEqual([]);
  await below(page);
  await expect(page.getByRole("heading", { level: 2, name: "Course" })).toBeVisible();
  await expect.poll(async () => Math.min(...(await pictures(page)))).toBeGreaterThan(10);
  // Search.
  const field = page.getByTestId("seek");
  await field.focus();
  await page.keyboard.type("hot partition");
  await expect(page.locator(".course .card")).toHaveCount(1);
  await expect(page.getByRole("link", { name: "The log" })).toBeVisible();
  await page.keyboard.type(" no such word");
  await expect(page.locator(".course .card")).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: "No results for “hot partition no such word”" })).toBeVisible();
  await field.fill("");
  await expect(page.locator(".course .card")).toHaveCount(LESSONS.length);
  await field.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator("#step")).toBeVisible();
});

test("every card of the gallery and of the course has its picture, in every theme's colours", async ({ page }) => {
  for (const [address, count] of [["./#/course", LESSONS.length], ["./#/gallery", SLUGS.length]] as const) {
    await page.goto(address);
    await expect(page.locator(".card")).toHaveCount(count);
    await expect.poll(async () => Math.min(...(await pictures(page))), address).toBeGreaterThan(10);
  }
  const seen = new Set<string>();
  for (const theme of ["light", "dark", "projector"]) {
    await page.evaluate((theme) => document.documentElement.setAttribute("data-theme", theme), theme);
    seen.add((await page.locator(".card .picture").first().screenshot()).toString("base64"));
  }
  expect(seen.size).toBe(3);
});

test("how far one has come is kept, shown, taken up again, forgotten and brought back", async ({ page }) => {
  await open(page, `./#/lesson/${LESSON}`);
  await page.getByTestId("next").click();
  await page.getByTestId("next").click();
  await page.getByTestId("commit").click();
  await expect(page.locator(".count")).toContainText("Step 3 of");
  // The first step asks nothing, the second one's task was left out, the guess of the third is made.
  await expect(page.locator(".steps [data-done]")).toHaveCount(2);
  await page.getByTestId("to step 2").click();
  await expect(page.locator(".count")).toContainText("Step 2 of");
  await expect(page.getByTestId("to step 2")).toHaveAttribute("aria-current", "step");

  await page.goto("./#/course");
  const card = page.locator(".card").filter({ hasText: "A call that blocks" });
  await expect(card.getByTestId("progress")).toHaveText("2 of 7 steps");
  await page.goto(OPENING);
  await page.reload();
  const again = page.getByTestId("again");
  await expect(again).toHaveText(/Continue .*A call that blocks.*Step 2 of 7/);
  await again.press("Enter");
  await expect(page.locator(".count")).toContainText("Step 2 of");

  await page.goto("./#/course");
  await expect(page.getByTestId("again")).toBeVisible();
  const forget = page.getByTestId("forget");
  const kept = await page.evaluate((key) => localStorage.getItem(key), KEY);
  await forget.press("Enter");
  await expect(page.getByTestId("progress")).toHaveCount(0);
  expect(await page.evaluate((key) => localStorage.getItem(key), KEY)).toBe(null);
  await expect(forget).toBeFocused();
  await forget.press("Enter");
  await expect(card.getByTestId("progress")).toHaveText("2 of 7 steps");
  expect(await page.evaluate((key) => localStorage.getItem(key), KEY)).toBe(kept);
});

test("a lesson of which every step is done says so, and is not offered again", async ({ page }) => {
  const kept = { [LESSON]: { title: "A call that blocks", at: 6, done: 7, of: 7, steps: [1, 1, 2, 2, 1, 1, 60] } };
  await page.addInitScript(([key, kept]) => localStorage.setItem(key, kept), [KEY, JSON.stringify(kept)]);
  await page.goto("./#/course");
  const card = page.locator(".card").filter({ hasText: "A call that blocks" });
  await expect(card.getByTestId("progress")).toHaveText("done");
  await expect(page.getByTestId("again")).toHaveCount(0);
  await card.getByRole("link").click();
  await expect(page.locator(".count")).toContainText("Step 1 of");
  await expect(page.locator(".steps [data-done]")).toHaveCount(7);
});

for (const [what, kept] of Object.entries({
  "no JSON": "{",
  "another shape": '[1, {"a": 2}]',
  "wrong values": '{"a": {"title": {}, "at": "x"}, "../b": {"title": "B", "at": 1, "done": 0, "of": 3}, "c": null}',
  "far too much": `{"c": {"title": "C", "at": 1e300, "done": -5, "of": 1e9, "steps": "all"}}`,
})) {
  test(`what is kept may hold ${what}`, async ({ page }) => {
    await page.addInitScript(([key, kept]) => localStorage.setItem(key, kept), [KEY, kept]);
    await open(page, OPENING);
    await below(page);
    await expect(page.getByTestId("progress")).toHaveCount(0);
    await expect(page.getByTestId("again")).toHaveCount(0);
    await open(page, `./#/lesson/${LESSON}`);
    await page.goto("./#/course");
    await expect(page.getByTestId("progress")).toHaveText("0 of 7 steps");
  });
}

test("a browser that keeps nothing breaks nothing", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("refused", "SecurityError");
      },
    });
  });
  await open(page, `./#/lesson/${LESSON}`);
  await page.getByTestId("next").click();
  await expect(page.locator(".count")).toContainText("Step 2 of");
  await page.goto("./#/course");
  await expect(page.locator(".card")).toHaveCount(LESSONS.length);
  await expect(page.getByTestId("progress")).toHaveCount(0);
});

test("a list that does not come is said below the figure, which runs on", async ({ page, complaints }) => {
  await page.route("**/lessons/index.json", (route) => route.abort());
  await open(page, OPENING);
  await page.locator("#course").scrollIntoViewIfNeeded();
  await expect(page.getByRole("alert")).toContainText("The site can't be reached.");
  await expect(page.getByTestId("clock")).toBeVisible();
  complaints.length = 0;
});
