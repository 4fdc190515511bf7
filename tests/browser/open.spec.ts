// The page opens from a sub-path: the program starts and nothing complains.
import { test, expect } from "./page";

test("opens, and the program takes the place of the loading text", async ({ page }) => {
  await page.goto("./");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText("Loading the simulator")).toHaveCount(0);
});

test("its policy forbids foreign and inline scripts", async ({ page, complaints }) => {
  await page.goto("./");
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.intruder = true";
    document.body.append(script);
    return "intruder" in window;
  });
  expect(ran).toBe(false);
  await expect.poll(() => complaints.length).toBeGreaterThan(0);
  expect(complaints.every((line) => line.includes("Content Security Policy")), complaints.join("\n")).toBe(true);
  complaints.length = 0;
});
