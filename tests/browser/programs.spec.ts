// Two programs: the light one begins the start page, the whole one every other page, and takes over when asked.
import { test, expect } from "./page";
import type { Page } from "@playwright/test";

const programs = (page: Page) => {
  const loaded: string[] = [];
  page.on("request", (request) => {
    const name = request.url().match(/(light|web)-[^/]*\.lzma$/)?.[1];
    if (name) loaded.push(name);
  });
  return loaded;
};

test("the start page loads the light program and nothing else until more is asked for", async ({ page }) => {
  const loaded = programs(page);
  await page.goto("./");
  await expect(page.getByTestId("clock")).toBeVisible();
  expect(loaded).toEqual(["light"]);
  await page.getByRole("link", { name: "The model" }).click();
  await expect(page.locator(".prose")).toBeVisible();
  expect(loaded).toEqual(["light", "web"]);
  await expect(page.locator("header.top")).toHaveCount(1);
  // The whole program answers from here on, and only that: one key, one answer.
  await page.getByRole("link", { name: "Cascade" }).click();
  await expect(page.getByTestId("clock")).toBeVisible();
  await page.keyboard.press("Space");
  await expect(page.getByTestId("play")).toHaveAccessibleName("Play");
  expect(loaded).toEqual(["light", "web"]);
});

test("another page loads the whole program alone", async ({ page }) => {
  const loaded = programs(page);
  await page.goto("./#/model");
  await expect(page.locator(".prose")).toBeVisible();
  expect(loaded).toEqual(["web"]);
});

test("a whole program that does not come is said so, and asked for again", async ({ page, complaints }) => {
  await page.goto("./");
  await expect(page.getByTestId("clock")).toBeVisible();
  await page.route("**/web-*.lzma", (route) => route.abort());
  await page.getByRole("link", { name: "The model" }).click();
  await expect(page.getByRole("alert")).toContainText("The site cannot be reached");
  await page.unroute("**/web-*.lzma");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.locator(".prose")).toBeVisible();
  expect(complaints.every((line) => /Failed to (load resource|fetch)/.test(line)), complaints.join("\n")).toBe(true);
  complaints.length = 0;
});
