// The page simulates what the command line does: the digest of a scenario's first minute is the one that is written down.
import { readFileSync } from "node:fs";
import { expect, open, pause, SLUGS, test } from "./page";

const WRITTEN = new Map(
  readFileSync(new URL("../gallery/digests.txt", import.meta.url), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split(" ") as [string, string]),
);

test("every scenario of the gallery has the digest of the native run", async ({ page }) => {
  test.setTimeout(SLUGS.length * 10_000);
  expect([...WRITTEN.keys()].sort()).toEqual([...SLUGS].sort());
  for (const slug of SLUGS) {
    await open(page, `./#/gallery/${slug}`);
    await pause(page);
    await page.getByTestId("timeline").focus();
    await page.keyboard.press("Home");
    await expect(page.getByTestId("clock"), slug).toHaveText("00:00.000");
    // Ten seconds each.
    for (let step = 0; step < 6; step++) await page.keyboard.press("PageUp");
    await expect(page.getByTestId("clock"), slug).toHaveText("01:00.000", { timeout: 30_000 });
    await expect(page.getByTestId("clock"), slug).toHaveAttribute("data-digests", WRITTEN.get(slug)!);
    await expect(page.getByTestId("clock"), slug).toHaveAttribute("title", new RegExp(WRITTEN.get(slug)!));
  }
});
