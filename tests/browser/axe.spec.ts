// axe finds nothing against WCAG 2.2 AA: every page, in both themes, on a desk and on a phone. Of lessons it looks at
// every step while they are played (lessons.spec.ts).
import AxeBuilder from "@axe-core/playwright";
import { expect, OPENING, openStill, stepTo, test } from "./page";
import type { Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

async function faultless(page: Page, where: string) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html} (${node.failureSummary})`));
  expect(found, where).toEqual([]);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`the opening page in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openStill(page, OPENING);
    await stepTo(page, 3);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await faultless(page, `${colorScheme} ${size.width}`);
    }
  });
}

test("the course", async ({ page }) => {
  await page.goto("./#/course");
  await expect(page.getByRole("heading", { level: 1, name: "Course" })).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await faultless(page, `${colorScheme}, ${size.width}`);
    }
  }
});

test("the course below the figure", async ({ page }) => {
  const kept = { "the-log": { title: "The log", at: 2, done: 2, of: 7, steps: [1, 1] } };
  await page.addInitScript((kept) => localStorage.setItem("cascade.progress", kept), JSON.stringify(kept));
  await openStill(page);
  await page.locator("#course").scrollIntoViewIfNeeded();
  await expect(page.getByTestId("progress")).toHaveText("2 of 7 steps");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await faultless(page, `the start page, ${colorScheme}, ${size.width}`);
    }
  }
});

test("words with their meaning, and all words", async ({ page }) => {
  await openStill(page, "./#/lesson/a-call-that-blocks");
  await page.locator(".intro [data-word]").first().focus();
  await expect(page.getByRole("tooltip")).toBeVisible();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await faultless(page, `a word, ${size.width}`);
  }
  await page.goto("./#/glossary");
  await expect(page.getByRole("heading", { level: 1, name: "Glossary" })).toBeVisible();
  await faultless(page, "all words");
});

test("a teacher's page", async ({ page }) => {
  await openStill(page, "./#/lesson/cascading-failure");
  await page.getByRole("link", { name: "For teachers" }).press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Cascading failure: for teachers" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 2 })).toHaveText(["Goal", "Before class", "Break it live", "Ask the room", /^The steps/]);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await faultless(page, `the teacher's page, ${size.width}`);
  }
});

test("what is open now and then", async ({ page }) => {
  await openStill(page);
  await page.getByTestId("fault 1").click();
  await stepTo(page, 20);
  for (const summary of await page.locator("summary").all()) await summary.click();
  await faultless(page, "tables and a fault");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
  await faultless(page, "cheat sheet");
  await page.goto("./#/nowhere");
  await expect(page.getByRole("heading", { name: "There's no such page" })).toBeVisible();
  await faultless(page, "no such page");
});
