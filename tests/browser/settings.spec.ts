// What the page remembers of a visit, and that it does without.
import { clock, expect, open, test } from "./page";

test("the colours that were chosen are remembered", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await open(page);
  const root = page.locator("html");
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  const theme = page.getByTestId("theme");
  for (let turns = 0; turns < 3 && (await root.getAttribute("data-theme")) !== "dark"; turns += 1) await theme.click();
  await expect(root).toHaveAttribute("data-theme", "dark");
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.reload();
  await expect(page.getByTestId("clock")).toBeVisible();
  expect(await ground()).toBe(dark);
});

test("as the system says, as long as nothing else was chosen", async ({ page }) => {
  await open(page);
  const grounds = new Set<string>();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    grounds.add(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
  }
  expect(grounds.size).toBe(2);
});

for (const way of ["throws", "is not there"]) {
  test(`a storage that ${way} does no harm`, async ({ page }) => {
    await page.addInitScript((way) => {
      Object.defineProperty(window, "localStorage", {
        get() {
          if (way === "throws") throw new DOMException("denied", "SecurityError");
          return null;
        },
      });
    }, way);
    await open(page);
    await page.getByTestId("theme").click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
    await expect.poll(() => clock(page)).toBeGreaterThan(0.5);
  });
}
