// The pages on what is simulated and how, and on the fields of a scenario: readable by everyone.
import AxeBuilder from "@axe-core/playwright";
import { expect, open, test } from "./page";

test("the model is a page that the header leads to and away from", async ({ page }) => {
  await open(page);
  await page.getByRole("link", { name: "The model" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "The model" })).toBeVisible();
  await expect(page.getByRole("link", { name: "The model" })).toHaveAttribute("aria-current", "page");
  for (const part of ["Circuit breaker", "Queues", "Logs", "Stores", "Sagas", "Windows", "Faults"]) {
    await expect(page.getByRole("heading", { level: 2, name: part, exact: true })).toBeVisible();
  }
  await page.getByRole("link", { name: "Cascade", exact: true }).click();
  await expect(page.getByTestId("clock")).toBeVisible();
});

for (const name of ["model", "reference"]) {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [360, 1440]) {
      test(`the ${name} in ${colorScheme}, ${width} pixels wide`, async ({ page }) => {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        await page.goto(`./#/${name}`);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map((rule) => rule.id)).toEqual([]);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(over).toBeLessThanOrEqual(0);
      });
    }
  }
}
