// A broken promise of the program: a report with the run to copy, and the page lives on.
import { clock, expect, open, test } from "./page";

test("a broken program is reported with its run, and another one starts", async ({ page, complaints }) => {
  await open(page, "./#/gallery/circuit-breaker");
  await expect.poll(() => clock(page)).toBeGreaterThan(0.2);
  await page.getByTestId("fault 1").click();
  const breaks = () => page.evaluate(() => dispatchEvent(new Event("cascade-break")));
  await breaks();
  const report = page.getByRole("alert").filter({ hasText: "The simulation stopped" });
  await expect(report).toBeVisible();
  const text = await report.getByRole("textbox").inputValue();
  const run = JSON.parse(text.split("\nRun: ")[1]);
  expect(run.variants[0].scenario.title).toBe("Circuit breaker");
  expect(run.log).toHaveLength(1);
  expect(text).toMatch(/Simulated seconds: \d/);
  // What is broken answers nothing any more, and complains no second time.
  await page.keyboard.press("ArrowRight");
  await page.getByTestId("step").click();
  await expect(report).toHaveCount(1);
  // The report is there until the next program is: what the page shows after it is that one's.
  await report.getByRole("button", { name: "Start again" }).dblclick();
  await expect(report).toHaveCount(0);
  await expect.poll(() => clock(page)).toBeGreaterThan(0.2);
  await page.keyboard.press("Space");
  await expect(page.getByTestId("play")).toHaveAccessibleName("Play");
  // And once more: the second program is as good as the first.
  await breaks();
  await expect(report).toBeVisible();
  expect(complaints.length).toBe(2);
  expect(complaints.every((line) => /unreachable/.test(line)), complaints.join("\n")).toBe(true);
  complaints.length = 0;
});
