// The gallery: every scenario runs; two of them run side by side.
import { clock, expect, open, SLUGS, test } from "./page";

test("all scenarios are there, and are found by their words", async ({ page }) => {
  await page.goto("./#/gallery");
  await expect(page.locator(".card")).toHaveCount(SLUGS.length);
  await page.getByTestId("seek").fill("dead letter");
  await expect(page.getByRole("link", { name: "Dead letters" })).toBeVisible();
  expect(await page.locator(".card").count()).toBeLessThan(6);
  await page.getByTestId("seek").fill("no such words");
  await expect(page.getByRole("status").filter({ hasText: "No results for “no such words”" })).toBeVisible();
});

test("every scenario runs", async ({ page }) => {
  test.setTimeout(SLUGS.length * 4_000);
  for (const slug of SLUGS) {
    await open(page, `./#/gallery/${slug}`);
    await expect.poll(() => clock(page), slug).toBeGreaterThan(0.1);
    await expect(page.getByTestId("diagnostics"), slug).toHaveCount(0);
  }
});

test("two scenarios run side by side, and one against itself changed", async ({ page }) => {
  await open(page, "./#/gallery/blocking-service");
  await expect(page.getByTestId("against")).toHaveValue("");
  await page.getByTestId("against").selectOption("non-blocking-service");
  await expect(page.getByTestId("stage B")).toBeVisible();
  await page.keyboard.press("End");
  await expect(page.getByTestId("verdict").locator("[data-better]").first()).toBeVisible();
  await page.getByTestId("drop-b").click();
  await expect(page.getByTestId("stage B")).toHaveCount(0);
  await page.getByTestId("split").click();
  await expect(page.getByTestId("stage B")).toBeVisible();
  await expect(page.getByTestId("verdict").locator("[data-better]")).toHaveCount(0);
  await page.getByTestId("swap").click();
  await expect(page.getByTestId("verdict").locator("[data-better]")).toHaveCount(0);
});

test("every page has a title of its own", async ({ page }) => {
  const seen = new Set<string>();
  for (const [address, title] of [
    ["./", /^Cascade: /],
    ["./#/gallery", /^Gallery · Cascade$/],
    ["./#/gallery/order-queue", /· Cascade$/],
    ["./#/gallery/circuit-breaker", /· Cascade$/],
    ["./#/course", /^Course · Cascade$/],
    ["./#/lesson/the-log", /· Cascade$/],
    ["./#/lesson/the-log/teacher", /for teachers · Cascade$/],
    ["./#/reference", /^Scenario reference · Cascade$/],
    ["./#/model", /· Cascade$/],
    ["./#/nowhere", /· Cascade$/],
  ] as const) {
    await page.goto(address);
    await expect(page).toHaveTitle(title);
    await expect(page).not.toHaveTitle(/Loading/);
    const now = await page.title();
    expect(seen, now).not.toContain(now);
    seen.add(now);
  }
});
