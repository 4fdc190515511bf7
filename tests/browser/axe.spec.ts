// axe finds nothing against WCAG 2.2 AA: every page, in both themes, on a desk and on a phone.
import AxeBuilder from "@axe-core/playwright";
import { expect, open, openStill, PAGES, stepTo, test } from "./page";
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

for (const address of PAGES) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`${address} in ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await openStill(page, address);
      await stepTo(page, 3);
      for (const size of SIZES) {
        await page.setViewportSize(size);
        await faultless(page, `${address} ${colorScheme} ${size.width}`);
      }
    });
  }
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

test("a lesson's questions and figures, and its teacher's page", async ({ page }) => {
  await openStill(page, "./#/lesson/cascading-failure");
  for (let step = 1; step < 7; step += 1) {
    if (await page.getByTestId("comparison").count()) await faultless(page, "figures beside each other");
    await page.getByTestId("next").press("Enter");
  }
  for (const box of await page.getByRole("group", { name: "Check yourself" }).all()) {
    await box.getByRole("button").first().press("Enter");
  }
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await faultless(page, `questions answered, ${size.width}`);
  }
  await page.getByRole("link", { name: "For teachers" }).press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Cascading failure: for teachers" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 2 })).toHaveText(["Goal", "Before", "To break live", "To ask the room", /^The steps/]);
  await faultless(page, "the teacher's page");
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
  await expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible();
  await faultless(page, "no such page");
});
