// The inspector: selected by pointer and by keys, everything about a thing, and everything about it changed.
import AxeBuilder from "@axe-core/playwright";
import { clock, expect, frames, lessonText, open, openStill, stepTo, test } from "./page";
import type { Page } from "@playwright/test";

const LESSON = "./#/lesson/cascading-failure";
const EXHIBIT = "./#/gallery/try-again";

const inspector = (page: Page) => page.getByTestId("inspector");
const parts = (page: Page, variant = "A") => page.getByTestId(`parts ${variant}`).getByRole("button");

/** Opens a part of a stage by keys. */
async function openPart(page: Page, name: string, variant = "A") {
  await parts(page, variant).filter({ hasText: new RegExp(`^${name}$`) }).focus();
  await page.keyboard.press("Enter");
  await expect(inspector(page).getByRole("heading", { level: 2 })).toHaveText(name);
}

/** The names of the parts of a stage, in order. */
const names = (page: Page) => parts(page).allTextContents();

test("a click on a card opens it, one beside everything closes it", async ({ page }) => {
  await openStill(page, EXHIBIT);
  await frames(page);
  const canvas = page.getByTestId("stage A");
  const box = (await canvas.boundingBox())!;
  // Somewhere on the canvas there is a card: look for it as a person does, from left to right.
  for (let share = 0.05; share < 1 && !(await inspector(page).isVisible()); share += 0.05) {
    await canvas.click({ position: { x: box.width * share, y: box.height / 2 } });
  }
  await expect(inspector(page)).toBeVisible();
  const title = await inspector(page).getByRole("heading", { level: 2 }).textContent();
  expect(await names(page)).toContain(title);
  await canvas.click({ position: { x: 3, y: box.height - 3 } });
  await expect(inspector(page)).toBeHidden();
});

test("keys go from part to part, open one, and come back to it", async ({ page }) => {
  await openStill(page, LESSON);
  const all = await names(page);
  const first = parts(page).first();
  await first.focus();
  await page.keyboard.press("ArrowDown");
  await expect(parts(page).nth(1)).toBeFocused();
  await expect(page.getByTestId("foot")).not.toBeEmpty();
  await page.keyboard.press("ArrowRight");
  const next = all.findIndex((name, at) => at > 1 && !name.includes("→"));
  await expect(parts(page).nth(next)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(inspector(page).getByRole("heading", { level: 2 })).toHaveText(all[next]);
  await expect(inspector(page).getByRole("heading", { level: 2 })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await expect(inspector(page)).toBeHidden();
  await expect(parts(page).nth(next)).toBeFocused();
  // All of them can be reached, and nothing beyond.
  await page.keyboard.press("End");
  await expect(parts(page).last()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(parts(page).last()).toBeFocused();
  expect(await page.locator('[data-testid="parts A"] [tabindex="0"]').count()).toBe(1);
});

test("workers are changed: the stage says so, and one key takes it back", async ({ page }) => {
  await openStill(page, LESSON);
  await openPart(page, "Gateway");
  const workers = page.getByTestId("field nodes.gateway.workers");
  const before = await workers.inputValue();
  await workers.fill("17");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("sentence")).toContainText("of 17 workers");
  await expect(page.getByTestId("summary A")).toContainText("of 17 workers");
  await expect(page.getByTestId("timeline")).toHaveAttribute("aria-valuetext", /1 setting changed/);
  await inspector(page).getByRole("heading", { level: 2 }).focus();
  await page.keyboard.press("Control+z");
  await expect(workers).toHaveValue(before);
  await expect(page.getByTestId("sentence")).toContainText(`of ${before} workers`);
});

test("a field that is being written stays as it is while time passes", async ({ page }) => {
  await open(page, LESSON);
  await openPart(page, "Gateway");
  const workers = page.getByTestId("field nodes.gateway.workers");
  await workers.fill("123");
  await page.waitForFunction(() => Number(document.documentElement.dataset.simTime) > 2);
  await expect(workers).toHaveValue("123");
});

test("what is wrong is said at its field", async ({ page }) => {
  await openStill(page, LESSON);
  await openPart(page, "Gateway");
  const workers = page.getByTestId("field nodes.gateway.workers");
  for (const [wrong, why] of [["0", "1"], ["many", "number"], ["2.5", "whole"]]) {
    await workers.fill(wrong);
    await page.keyboard.press("Enter");
    await expect(workers).toHaveAttribute("aria-invalid", "true");
    await expect(inspector(page).getByRole("alert")).toContainText(why);
    await expect(workers, "what was written stays").toHaveValue(wrong);
  }
  await workers.fill("3");
  await page.keyboard.press("Enter");
  await expect(inspector(page).getByRole("alert")).toBeHidden();
  await expect(page.getByTestId("sentence")).toContainText("of 3 workers");
});

test("a time without a unit is refused in the reader's words, in sight", async ({ page }) => {
  await openStill(page);
  await openPart(page, "Shoppers");
  const timeout = page.getByTestId("field nodes.shoppers.operation[0].call.timeout");
  for (let groups = 0; groups < 20 && (await timeout.count()) === 0; groups += 1) {
    await inspector(page).locator("details:not([open]) > summary").first().click();
  }
  for (const [wrong, says] of [["2", "Timeout needs a unit, such as 2\u202fs or 200\u202fms"], ["abc", "Timeout takes a time with a unit"]]) {
    await timeout.fill(wrong);
    await page.keyboard.press("Enter");
    const said = inspector(page).getByRole("alert");
    await expect(said).toContainText(says);
    await expect(said).not.toContainText("nodes.");
    await expect(timeout).toBeInViewport();
    const panel = (await inspector(page).boundingBox())!;
    for (const part of [said, timeout]) {
      const box = (await part.boundingBox())!;
      expect(box.x, "nothing is pushed out at the side").toBeGreaterThanOrEqual(panel.x);
      expect(box.x + box.width).toBeLessThanOrEqual(panel.x + panel.width);
    }
    expect(await inspector(page).evaluate((panel) => panel.scrollWidth - panel.clientWidth)).toBe(0);
  }
});

test("a choice and a switch that are taken show what they are", async ({ page }) => {
  await openStill(page, "./#/gallery/profile-copies");
  await openPart(page, "Profiles");
  const flip = inspector(page).getByRole("switch").first();
  const on = await flip.isChecked();
  for (const now of [!on, on]) {
    await flip.click();
    await expect(flip).toBeChecked({ checked: now });
  }
  const client = (await names(page)).find((name) => !name.includes("→"))!;
  const arrivals = inspector(page).locator("select").first();
  const chosen = () => arrivals.evaluate((select: HTMLSelectElement) => select.value);
  await openPart(page, client);
  for (const form of ["constant", "poisson"]) {
    await arrivals.selectOption(form);
    await expect.poll(chosen).toBe(form);
  }
});

test("a choice that is refused goes back to what is in force", async ({ page }) => {
  // Whatever is asked of a run to which as much was done as is kept is refused: a button that does much makes one.
  const lesson = JSON.parse(lessonText("cascading-failure"));
  const slow = (factor: number) => ({ slow: { node: "payment", factor } });
  lesson.faults = [{ label: "Much", fault: Array.from({ length: 32 }, (_, at) => slow(at + 2)) }];
  lesson.steps = [{ ...lesson.steps[1], text: [], predict: undefined, figure: { ...lesson.steps[1].figure, do: [] } }];
  lesson.claims = [];
  const body = JSON.stringify(lesson);
  await page.route("**/lessons/cascading-failure/lesson.json", (route) => route.fulfill({ body, contentType: "application/json" }));
  await openStill(page, LESSON);
  await page.getByTestId("fault 1").evaluate((button: HTMLElement) => {
    for (let press = 0; press < 10_000 / 32; press += 1) button.click();
  });
  await openPart(page, "Shoppers");
  const arrivals = page.getByTestId("field nodes.shoppers.arrivals");
  for (const again of [1, 2]) {
    await arrivals.selectOption("constant");
    await expect(inspector(page).getByRole("alert"), `time ${again}`).toContainText("changes to one run");
    expect(await arrivals.evaluate((select: HTMLSelectElement) => select.value)).toBe("poisson");
  }
});

test("whom settings concern is chosen in the inspector too, which stays open", async ({ page }) => {
  await openStill(page, EXHIBIT);
  await page.getByTestId("split").click();
  await openPart(page, (await names(page))[0], "B");
  const [here, there] = ["inspector target 2", "target 2"].map((id) => page.getByTestId(id));
  await page.getByTestId("inspector target 0").click();
  await expect(there).toHaveAttribute("aria-pressed", "false");
  await here.click();
  for (const button of [here, there]) await expect(button).toHaveAttribute("aria-pressed", "true");
  await expect(inspector(page)).toBeVisible();
});

test("every part says what it is, to whom it hands work on, and what it is doing", async ({ page }) => {
  await openStill(page, LESSON);
  await stepTo(page, 3);
  // By role: what screen readers are not shown is not found.
  const list = page.getByTestId("parts A").and(page.getByRole("list", { name: "Parts of the stage" }));
  const items = list.getByRole("listitem");
  expect(await items.count()).toBe((await names(page)).length);
  const part = (name: string) => items.getByRole("button", { name, exact: true });
  await expect(part("Gateway")).toHaveAccessibleDescription(/^service; calls .*Payment.* Gateway: \d+ of \d+ workers /);
  await expect(part("Shoppers")).toHaveAccessibleDescription(/^client; calls Gateway Shoppers: /);
  await expect(part("Gateway → Payment")).toHaveAccessibleDescription(/^link: .* Gateway → Payment: /);
  await expect(items.filter({ has: page.getByRole("button", { name: "Payment", exact: true }) }).getByRole("paragraph")).toHaveText([/^service/, /^Payment: /]);
  // And by keys alone: the tabulator reaches the list, arrows go through it.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const inside = () => list.evaluate((list) => list.contains(document.activeElement));
  for (let presses = 0; presses < 60 && !(await inside()); presses += 1) await page.keyboard.press("Tab");
  expect(await inside()).toBe(true);
  await page.keyboard.press("End");
  await expect(items.last().getByRole("button")).toBeFocused();
});

test("a service crashes and is mended, all of it and one replica", async ({ page }) => {
  await openStill(page, LESSON);
  await openPart(page, "Gateway");
  const crash = page.getByTestId("break crash");
  await crash.click();
  await expect(crash).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByTestId("sentence")).toContainText("crashed");
  await crash.click();
  await expect(crash).toHaveAttribute("aria-pressed", "false");
  const one = page.getByTestId("break crash 0");
  await one.click();
  await expect(one).toHaveAttribute("aria-pressed", "true");
  await one.click();
  await expect(one).toHaveAttribute("aria-pressed", "false");
  await page.getByTestId("amount slow").fill("4");
  await page.getByTestId("amount slow").press("Enter");
  await expect(page.getByTestId("break slow")).toContainText("×4");
  await page.getByTestId("break slow").click();
  await expect(page.getByTestId("sentence")).toContainText("slow ×4");
  await expect(page.getByTestId("timeline")).toHaveAttribute("aria-valuetext", /[1-9] faults?/);
});

test("a breaker is added, holds from the next start, and is switched by hand", async ({ page }) => {
  await openStill(page, LESSON);
  await openPart(page, "Gateway → Payment");
  const add = inspector(page).getByRole("button", { name: "Add Circuit breaker" });
  await add.first().click();
  await expect(inspector(page)).toContainText("applies after a restart");
  await page.getByTestId("restart").click();
  await expect(inspector(page)).not.toContainText("applies after a restart");
  await page.getByTestId("breaker 0 1").click();
  await expect(page.getByTestId("breaker 0 1")).toHaveAttribute("aria-pressed", "true");
  await stepTo(page, 1);
  await expect(page.getByTestId("sentence")).toContainText("held open");
  await page.getByTestId("breaker 0 0").click();
  await expect(page.getByTestId("breaker 0 0")).toHaveAttribute("aria-pressed", "true");
});

test("a number leads to the chart that explains it", async ({ page }) => {
  await openStill(page, LESSON);
  await openPart(page, "Gateway");
  await inspector(page).getByRole("button", { name: /^Waiting: / }).click();
  await expect(page.locator("canvas:focus")).toHaveAccessibleName(/Waiting/);
});

test("the pointer asks, and the foot of the stage answers", async ({ page }) => {
  await openStill(page, EXHIBIT);
  await frames(page);
  const canvas = page.getByTestId("stage A");
  const box = (await canvas.boundingBox())!;
  const foot = page.getByTestId("foot");
  for (let share = 0.05; share < 1 && !(await foot.isVisible()); share += 0.05) {
    await page.mouse.move(box.x + box.width * share, box.y + box.height / 2);
  }
  await expect(foot).toContainText(":");
  await page.mouse.move(box.x + 2, box.y - 20);
  await expect(foot).toBeHidden();
});

test("on the start page a click on a card opens it while the run goes on and its charts stay", async ({ page }) => {
  await open(page);
  await expect.poll(() => clock(page)).toBeGreaterThan(0.5);
  const charts = page.locator(".chart canvas");
  const count = await charts.count();
  expect(count).toBeGreaterThan(0);
  const canvas = page.getByTestId("stage A");
  const box = (await canvas.boundingBox())!;
  const before = await clock(page);
  for (let share = 0.1; share < 1 && !(await inspector(page).isVisible()); share += 0.1) {
    await canvas.click({ position: { x: box.width * share, y: box.height / 2 } });
  }
  await expect(inspector(page)).toBeVisible();
  await expect.poll(() => clock(page)).toBeGreaterThan(before + 0.2);
  await expect(page.getByTestId("play")).toHaveAccessibleName("Pause");
  await expect(charts).toHaveCount(count);
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const size of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
    test(`axe finds nothing in ${colorScheme} at ${size.width}, and everything can be touched`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      await openStill(page, LESSON);
      await stepTo(page, 2);
      for (const name of ["Gateway", "Gateway → Payment", "Shoppers"]) {
        await openPart(page, name);
        for (const closed of await inspector(page).locator("details:not([open]) > summary").all()) await closed.click();
        const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
        const { violations } = await new AxeBuilder({ page })
          .withTags(tags)
          // In the sheet of narrow rooms what is scrolled below its head counts as covered; sizes are measured below.
          .disableRules(size.width < 860 ? ["target-size"] : [])
          .analyze();
        expect(violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`))).toEqual([]);
        const least = size.width < 860 ? 44 : 24;
        for (const control of await inspector(page).locator("button:visible, select:visible, input[type=text]:visible").all()) {
          const box = await control.boundingBox();
          // Numbers come and go while one looks.
          if (!box) continue;
          expect(box.height, await control.evaluate((element) => element.outerHTML)).toBeGreaterThanOrEqual(least - 0.5);
        }
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
      }
    });
  }
}
