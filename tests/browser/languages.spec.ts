// Languages that nobody speaks: in `double` every text of the tables is marked and twice as long, in `mirrored` all runs
// from right to left. What is not marked and not part of a scenario did not come from a table; what hangs over has no
// room for other languages.
import { expect, test } from "./page";
import type { Page } from "@playwright/test";
import { existsSync, readdirSync, readFileSync } from "node:fs";

const STATIC = new URL("../../static/", import.meta.url);
test.skip(
  !existsSync(new URL("../../target/languages/double/index.html", import.meta.url)),
  "cargo xtask build && cargo xtask languages builds them",
);

const PAGES = ["", "#/course", "#/gallery", "#/gallery/circuit-breaker", "#/gallery/order-placed", "#/gallery/click-feed"];
const WIDTHS = [1440, 390];

const words = (text: string): string[] => text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];

/** Every word of the scenarios and lessons: their authors wrote them, no table did. And the names of files' kinds. */
const AUTHORS = new Set(
  ["gallery/", "opening/", "lessons/"]
    .flatMap((folder) => readdirSync(new URL(folder, STATIC), { recursive: true, encoding: "utf8" }).map((name) => folder + name))
    .filter((name) => /\.(json|md)$/.test(name))
    .flatMap((name) => words(readFileSync(new URL(name, STATIC), "utf8")))
    .concat("png", "svg", "csv"),
);

async function visit(page: Page, language: string, address: string, width: number) {
  await page.setViewportSize({ width, height: 900 });
  await page.goto(`/some/where/${language}/${address}`);
  await expect(page.locator("header.top")).toBeVisible();
  await expect(page.locator(".card, [data-testid=clock]").first()).toBeVisible();
}

/** Every text of the page, and every name that only a screen reader says. */
const texts = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const walk = document.createTreeWalker(document.getElementById("app")!, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) found.push(walk.currentNode.textContent ?? "");
    for (const element of document.querySelectorAll("#app *")) {
      for (const name of ["aria-label", "title", "aria-valuetext"]) found.push(element.getAttribute(name) ?? "");
    }
    return found.filter((text) => text.trim());
  });

const overhang = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const address of PAGES) {
  test(`every text of "${address || "the start page"}" comes from a table, and has room for twice its length`, async ({
    page,
  }) => {
    for (const width of WIDTHS) {
      await visit(page, "double", address, width);
      const found = await texts(page);
      expect(found.some((text) => text.includes("⟦"))).toBe(true);
      const strangers = found.flatMap((text) =>
        words(text.replace(/⟦[^⟧]*⟧/g, " ")).filter((word) => !AUTHORS.has(word)).map((word) => `${word}: ${text}`),
      );
      expect(strangers, `${width} px`).toEqual([]);
      expect(await overhang(page), `${width} px`).toBeLessThanOrEqual(0);
    }
  });

  test(`"${address || "the start page"}" runs from right to left`, async ({ page }) => {
    for (const width of WIDTHS) {
      await visit(page, "mirrored", address, width);
      await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
      expect((await texts(page)).filter((text) => text.includes("\u202e")).length).toBeGreaterThan(5);
      expect(await overhang(page), `${width} px`).toBeLessThanOrEqual(0);
      // What is read first stands at the right: the name of the site before its pages.
      const [mark, nav] = await Promise.all([
        page.locator(".wordmark").boundingBox(),
        page.locator("header.top button").last().boundingBox(),
      ]);
      expect(mark!.x).toBeGreaterThan(nav!.x);
    }
  });
}
