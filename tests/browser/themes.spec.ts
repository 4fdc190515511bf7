// Colours: as the system, light, dark, for a projector; chosen with one button, remembered, on every page.
import AxeBuilder from "@axe-core/playwright";
import { expect, frames, open, openStill, OPENING, picture, stepTo, test } from "./page";
import type { Page } from "@playwright/test";

const theme = (page: Page) => page.evaluate(() => document.documentElement.dataset.theme);
const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test("one button goes through all, and the choice is remembered", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await openStill(page);
  await stepTo(page, 3);
  const stage = page.getByTestId("stage A");
  const seen: [string | undefined, string, string][] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    await frames(page, 20);
    seen.push([await theme(page), await ground(page), await picture(stage)]);
    await page.getByTestId("theme").click();
  }
  expect(seen.map(([name]) => name)).toEqual(["auto", "light", "dark", "projector"]);
  const [auto, light, dark, projector] = seen;
  expect(auto.slice(1), "the system is dark").toEqual(dark.slice(1));
  expect(new Set([light[1], dark[1], projector[1]]).size).toBe(3);
  expect(new Set([light[2], dark[2], projector[2]]).size, "the stage is painted anew").toBe(3);
  expect(await theme(page)).toBe("auto");

  for (let turn = 0; turn < 3; turn += 1) await page.getByTestId("theme").click();
  await page.reload();
  await expect(page.getByTestId("clock")).toBeVisible();
  expect(await theme(page)).toBe("projector");
  expect(await ground(page)).toBe("rgb(255, 255, 255)");
});

for (const address of [OPENING, "./#/gallery/circuit-breaker"]) {
  test(`a projector shows ${address} larger, on white, and axe finds nothing`, async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem("cascade.theme", "projector"));
    await open(page, address);
    await frames(page);
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
    expect(violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`))).toEqual([]);
  });
}
