// A lesson's figure never leaves: at every step of every lesson, on a large screen, a small one and a phone, the stages are
// wholly seen together with the step's guess or task and the controls that it needs; and so is each question with what it
// lets one try.
import { expect, LESSONS, open, test } from "./page";
import { read } from "./keys";
import type { Page } from "@playwright/test";

const SCREENS = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
];

/** What has to be seen together, as selectors within the step. */
const TOGETHER = [
  [".box[aria-label='Your guess']"],
  [".task", ".controls"],
  ...[0, 1, 2, 3].map((at) => [`.box[aria-label='Check yourself'] >> nth=${at}`]),
];

interface Room {
  top: number;
  bottom: number;
}

/** The stages that are seen, and the room that text has on the screen: between bars, and below stages that stand above. */
async function room(page: Page): Promise<{ figure: Room; text: Room; screen: Room }> {
  return page.evaluate(() => {
    const rect = (selector: string) => document.querySelector(selector)!.getBoundingClientRect();
    const panes = [...document.querySelectorAll(".pane")].map((pane) => pane.getBoundingClientRect()).filter((pane) => pane.height > 0);
    const bar = rect(".transport").top;
    const figure = { top: Math.min(...panes.map((pane) => pane.top)), bottom: Math.max(...panes.map((pane) => pane.bottom)) };
    const above = rect(".stages").left < rect(".intro").right && rect(".stages").right > rect(".intro").left;
    return { figure, text: { top: above ? rect(".stages").bottom : 0, bottom: bar }, screen: { top: 0, bottom: bar } };
  });
}

const inside = ({ top, bottom }: Room, outer: Room) => top >= outer.top - 1 && bottom <= outer.bottom + 1;

for (const { width, height } of SCREENS) {
  test(`figure, task and controls are seen together at ${width} × ${height}`, async ({ page }) => {
    test.setTimeout(300_000);
    await page.setViewportSize({ width, height });
    const hidden: string[] = [];
    for (const slug of LESSONS) {
      const { steps } = read(slug);
      for (const at of steps.keys()) {
        await open(page, `./#/lesson/${slug}/${at + 1}`);
        await page.reload();
        const where = `${slug} ${at + 1}`;
        await expect(page.locator(".count")).toContainText(`Step ${at + 1} of`);
        for (const parts of TOGETHER) {
          const found = [];
          for (const part of parts) {
            const locator = page.locator(`.intro >> ${part}`);
            if ((await locator.count()) > 0) found.push(locator.first());
          }
          if (found.length === 0) continue;
          // What is first is brought to the upper edge of the room that there is for text.
          const before = await room(page);
          await found[0].evaluate((element, top) => {
            document.documentElement.style.scrollBehavior = "auto";
            scrollBy(0, element.getBoundingClientRect().top - top);
          }, before.text.top + 4);
          const { figure, text, screen } = await room(page);
          if (!inside(figure, screen)) hidden.push(`${where}: stages ${figure.top} to ${figure.bottom} of ${screen.bottom}`);
          const boxes = await Promise.all(found.map(async (part) => (await part.boundingBox())!));
          const own = { top: Math.min(...boxes.map((box) => box.y)), bottom: Math.max(...boxes.map((box) => box.y + box.height)) };
          if (own.bottom - own.top > text.bottom - text.top) hidden.push(`${where}: ${parts} is ${own.bottom - own.top} high, and ${text.bottom - text.top} are free`);
        }
      }
    }
    expect(hidden).toEqual([]);
  });
}

test("a real system's default is seen beside its setting", async ({ page }) => {
  test.setTimeout(120_000);
  const cut: string[] = [];
  for (const { width, height } of SCREENS) {
    await page.setViewportSize({ width, height });
    for (const slug of LESSONS) {
      await open(page, `./#/lesson/${slug}/${read(slug).steps.length}`);
      await page.reload();
      const table = page.locator(".real .scroll").first();
      const hidden = await table.evaluate((box) => box.scrollWidth - box.clientWidth);
      if (hidden > 0) cut.push(`${slug}, ${width} wide: ${hidden} pixels`);
    }
  }
  expect(cut).toEqual([]);
});

test("a stage that has what the text speaks of is in front where there is room for one", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  // Its text is about the queue, which only B has.
  await open(page, "./#/lesson/put-a-queue-between/2");
  await expect(page.getByTestId("front B")).toHaveAttribute("aria-pressed", "true");
  await page.getByTestId("next").click();
  await expect(page.getByTestId("front B")).toHaveAttribute("aria-pressed", "true");
  await open(page, "./#/lesson/put-a-queue-between/6");
  await expect(page.getByTestId("front A")).toHaveAttribute("aria-pressed", "true");
});
