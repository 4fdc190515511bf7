// What six scenarios look like, in every theme and two widths, at one simulated moment of one seed.
//
//     npx playwright test visual --update-snapshots     makes the pictures anew (in `visual/`): look at them
//
// A picture depends on the fonts of the machine as much as on the page. Beside the pictures stands which fonts they were
// made with, as the widths of a few words; a machine with others compares nothing and says so.
import { expect, frames, openStill, stepTo, test } from "./page";
import type { Page } from "@playwright/test";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const THEMES = ["light", "dark", "projector"];
const SIZES = [
  { width: 1440, height: 660 },
  { width: 390, height: 720 },
];
const SCENES = {
  opening: "./",
  "cascading-failure": "./#/lesson/cascading-failure",
  "circuit-breaker": "./#/gallery/circuit-breaker",
  "click-feed": "./#/gallery/click-feed",
  "order-placed": "./#/gallery/order-placed",
  "dead-letters": "./#/gallery/dead-letters",
};

/** The simulated seconds at which the pictures are taken. */
const MOMENT_S = 15;

const FONTS = new URL("./visual/fonts.json", import.meta.url);

/** How wide a few words are in the fonts of the page and of its numbers. */
async function fonts(page: Page): Promise<string> {
  const widths = await page.evaluate(() => {
    const context = document.createElement("canvas").getContext("2d")!;
    return [document.body, document.querySelector("[data-testid=clock]")!].map((element) => {
      const { fontFamily } = getComputedStyle(element);
      context.font = `100px ${fontFamily}`;
      return context.measureText("Wide words 0123456789 × µ").width;
    });
  });
  return JSON.stringify(widths) + "\n";
}

for (const [scene, address] of Object.entries(SCENES)) {
  for (const theme of THEMES) {
    for (const size of SIZES) {
      const name = `${scene}-${theme}-${size.width}.png`;
      test(`${scene}, ${theme}, ${size.width} pixels wide`, async ({ page }, info) => {
        const writes = ["all", "changed"].includes(info.config.updateSnapshots);
        test.skip(!writes && !existsSync(info.snapshotPath(name)), "no picture to compare with: --update-snapshots makes one");
        await page.addInitScript((theme) => localStorage.setItem("cascade.theme", theme), theme);
        await page.setViewportSize(size);
        await openStill(page, address);
        const here = await fonts(page);
        if (writes) {
          mkdirSync(new URL(".", FONTS), { recursive: true });
          writeFileSync(FONTS, here);
        }
        test.skip(readFileSync(FONTS, "utf8") !== here, `other fonts than in the pictures: ${here}`);
        await stepTo(page, MOMENT_S);
        // What was pressed last, and where the page was scrolled to by it, is no part of the picture.
        await page.evaluate(() => {
          (document.activeElement as HTMLElement | null)?.blur();
          const figure = document.querySelector("[data-testid='stage A']")!.closest("section, #figure, main > *")!;
          scrollTo({ top: innerWidth < 600 ? figure.getBoundingClientRect().top + scrollY - 60 : 0, behavior: "instant" });
        });
        await page.mouse.move(0, 0);
        await frames(page);
        await expect(page).toHaveScreenshot(name, { maxDiffPixelRatio: 0.01 });
      });
    }
  }
}
