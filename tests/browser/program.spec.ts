// One program: every page is it, and going from one to another loads nothing twice.
import { clock, expect, LESSONS, open, test } from "./page";
import type { Page } from "@playwright/test";

/** The names of the files that were asked for, in order. The icon is the browser's own affair. */
function asked(page: Page): string[] {
  const names: string[] = [];
  page.on("request", (request) => {
    const name = new URL(request.url()).pathname.split("/cascade/")[1];
    if (!name.startsWith("icon-")) names.push(name);
  });
  return names;
}

test("from the start page to a lesson and back nothing is loaded twice", async ({ page }) => {
  const names = asked(page);
  await open(page);
  await expect(page.locator(".course .card")).toHaveCount(LESSONS.length);
  await expect.poll(() => names).toContain("lessons/pictures.svg");
  expect(names.filter((name) => name.endsWith(".wasm"))).toHaveLength(1);
  const before = names.length;
  await page.locator(".course .card a").first().click();
  await expect(page.locator("#step")).toBeVisible();
  const added = names.slice(before);
  expect(added.every((name) => /^lessons\/([^/]+\/lesson|glossary)\.json$/.test(name)), added.join("\n")).toBe(true);
  await page.goBack();
  await expect(page.locator(".course .card")).toHaveCount(LESSONS.length);
  await expect.poll(() => clock(page)).toBeGreaterThan(0.2);
  // The pictures go with the cards: the browser has them from its cache, where a host lets it keep anything.
  const twice = names.filter((name, at) => names.indexOf(name) < at && name !== "lessons/pictures.svg");
  expect(twice, "what was loaded twice").toEqual([]);
});

test("another page begins with the same program, and the start page needs no more of it", async ({ page }) => {
  const names = asked(page);
  await page.goto("./#/model");
  await expect(page.locator(".prose")).toBeVisible();
  const own = names.filter((name) => name !== "model.html");
  await page.getByRole("link", { name: "Cascade", exact: true }).click();
  await expect.poll(() => clock(page)).toBeGreaterThan(0.2);
  expect(names.filter((name) => /\.(css|js|wasm)$/.test(name))).toEqual(own.filter((name) => /\.(css|js|wasm)$/.test(name)));
});

for (const file of ["js", "wasm"]) {
  test(`a program whose .${file} does not come is said so`, async ({ page, complaints }) => {
    await page.route(`**/web-*.${file}`, (route) => route.abort());
    await page.goto("./");
    await expect(page.getByRole("alert")).toContainText("The site can't be reached");
    expect(complaints.length).toBeGreaterThan(0);
    expect(complaints.every((line) => /Failed to (load resource|fetch)/.test(line)), complaints.join("\n")).toBe(true);
    complaints.length = 0;
  });
}
