// Both lessons: every step by keyboard, predictions that are revealed once made, tasks that tick themselves.
import { clock, expect, LESSONS, lessonText, open, pause, stepTo, test } from "./page";
import type { Locator, Page } from "@playwright/test";

const read = (slug: string): any => JSON.parse(lessonText(slug));

const isDone = async (box: Locator) => (await box.locator("[role=status]").textContent()) === "done";

/** "0.10", "10 %" and 0.1 are one figure, "30/s" and 30 as well. */
function figure(text: string): string {
  const [said, share] = text.replace(/\s|\/s$/g, "").split("%");
  return share === undefined ? String(Number.isNaN(Number(said)) ? said : Number(said)) : String(Number(said) / 100);
}

/** "5100ms" and "5.1s" in seconds. */
function seconds(text: string): number {
  const [, value, unit] = /^([\d.]+)(ms|s|m)$/.exec(text)!;
  return Number(value) * { ms: 0.001, s: 1, m: 60 }[unit as "ms" | "s" | "m"];
}

/** Does by the page's buttons and sliders what a lesson's file writes as a deed. */
async function act(page: Page, lesson: any, deed: any) {
  const fault = JSON.stringify(deed.inject ?? deed.heal);
  if (fault) {
    const is = (button: any) =>
      JSON.stringify([button.fault].flat()[0]) === fault && (deed.heal || button.for === deed.for);
    const at = lesson.faults.findIndex(is);
    await page.getByTestId(`fault ${at + 1}`).click();
    return;
  }
  const slider = page.getByTestId(`knob ${deed.set}`);
  const value = slider.locator("xpath=..").locator("output");
  const wanted = figure(String(deed.to));
  const places = Number(await slider.getAttribute("max"));
  const shown = async () => figure(await value.innerText());
  for (let place = 0; place <= places && (await shown()) !== wanted; place += 1) await slider.fill(String(place));
  expect(await shown(), `a place of ${deed.set} for ${deed.to}`).toBe(wanted);
}

async function step(page: Page, number: number, heading: string) {
  await expect(page.getByRole("heading", { level: 2, name: heading, exact: true })).toBeVisible();
  await expect(page.locator(".count")).toContainText(`Step ${number} of`);
}

for (const slug of LESSONS) {
  const lesson = read(slug);

  test(`${slug}: from the course, forth and back by keyboard`, async ({ page }) => {
    await open(page);
    await page.getByRole("navigation").getByRole("link", { name: "Course" }).press("Enter");
    await page.getByRole("main").getByRole("link", { name: lesson.title, exact: true }).press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: lesson.title })).toBeVisible();
    await expect(page.locator("nav a[aria-current=page]")).toHaveText("Course");
    const last = lesson.steps.length;
    for (let at = 1; at <= last; at += 1) {
      await step(page, at, lesson.steps[at - 1].heading);
      if (at < last) await page.getByTestId("next").press("Enter");
    }
    await expect(page.getByTestId("next")).toBeDisabled();
    for (let at = last; at >= 1; at -= 1) {
      await step(page, at, lesson.steps[at - 1].heading);
      if (at > 1) await page.getByTestId("back").press("Enter");
    }
    await expect(page.getByTestId("back")).toBeDisabled();
  });

  test(`${slug}: a step that shows one variant says nothing of the other`, async ({ page }) => {
    await open(page, `./#/lesson/${slug}`);
    for (const [at, { heading, figure }] of lesson.steps.entries()) {
      await step(page, at + 1, heading);
      const one = figure.show !== undefined && figure.show !== "both";
      await expect(page.getByTestId("verdict")).toHaveCount(one ? 0 : 1);
      if (at + 1 < lesson.steps.length) await page.getByTestId("next").press("Enter");
    }
  });

  test(`${slug}: predictions are revealed once made`, async ({ page }) => {
    await open(page, `./#/lesson/${slug}`);
    for (const [at, { heading, predict }] of lesson.steps.entries()) {
      await step(page, at + 1, heading);
      if (predict) {
        const box = page.getByRole("group", { name: "Your guess" });
        await expect(box.locator(".note")).toHaveCount(0);
        if (predict.number) {
          await page.getByTestId("scale").press("ArrowRight");
          await page.getByTestId("commit").press("Enter");
          await expect(box.locator(".note")).toBeVisible();
          await expect(page.getByTestId("scale")).toBeDisabled();
          await page.getByTestId("next").press("Enter");
          continue;
        }
        const wrong = predict.choices.findIndex((choice: any) => !choice.right);
        await page.getByTestId(`choice ${wrong + 1}`).press("Enter");
        await expect(page.getByTestId(`choice ${wrong + 1}`)).toHaveAttribute("aria-pressed", "true");
        await expect(box.locator(".note")).toBeVisible();
        await expect(box.getByText("not so", { exact: true })).toHaveCount(1);
        await expect(box.getByText("right", { exact: true })).toHaveCount(predict.choices.filter((choice: any) => choice.right).length);
        // A guess that was made stays made, also after a look at another step.
        await expect(box.getByRole("button").and(page.locator(":enabled"))).toHaveCount(1);
      }
      if (at + 1 < lesson.steps.length) await page.getByTestId("next").press("Enter");
    }
  });

  test(`${slug}: questions say why an answer is wrong, figures stand beside each other`, async ({ page }) => {
    await open(page, `./#/lesson/${slug}`);
    for (const [at, { heading, quiz, compare, real }] of lesson.steps.entries()) {
      await step(page, at + 1, heading);
      if (compare) await expect(page.getByTestId("comparison").getByRole("row")).toHaveCount(compare.rows.length + 1);
      await expect(page.getByRole("group", { name: "What real systems do" })).toHaveCount(real.length > 0 ? 1 : 0);
      const boxes = page.getByRole("group", { name: "Check yourself" });
      await expect(boxes).toHaveCount(quiz.length);
      for (const [place, { answers }] of quiz.entries()) {
        const wrong = answers.findIndex((answer: any) => !answer.right);
        await boxes.nth(place).getByRole("button").nth(wrong).press("Enter");
        await expect(boxes.nth(place).locator(".note")).toBeVisible();
        await expect(boxes.nth(place).getByText("not so", { exact: true })).toHaveCount(1);
        await expect(boxes.nth(place).getByText("right", { exact: true })).toHaveCount(1);
      }
      if (at + 1 < lesson.steps.length) await page.getByTestId("next").press("Enter");
    }
  });

  test(`${slug}: tasks tick themselves once they are solved`, async ({ page }) => {
    // Some tasks take minutes of the simulated time, a step a second.
    test.setTimeout(120_000);
    await open(page, `./#/lesson/${slug}`);
    const steps: any[] = lesson.steps;
    expect(steps.filter((each) => each.task || each.predict).length, "predictions and tasks").toBeGreaterThanOrEqual(2);
    for (const [at, { heading, task }] of steps.entries()) {
      await step(page, at + 1, heading);
      if (task) {
        await pause(page);
        const box = page.getByTestId("task");
        expect(await isDone(box)).toBe(false);
        const opened = await clock(page);
        for (const deed of task.solution) {
          await stepTo(page, opened + seconds(deed.at));
          expect(await isDone(box), "nobody has done anything yet").toBe(false);
          await act(page, lesson, deed);
        }
        // A minute or two is enough for any of them.
        for (let waited = 0; waited < 120 && !(await isDone(box)); waited += 10) {
          await stepTo(page, (await clock(page)) + 10);
        }
        await expect(box.getByRole("status")).toHaveText("done");
      }
      if (at + 1 < steps.length) await page.getByTestId("next").click();
    }
  });
}

test("a guess on a scale is held against the run", async ({ page }) => {
  const lesson = read("cascading-failure");
  lesson.steps[0].predict = {
    question: "How many shoppers get their page?",
    reveal: "Nearly all.",
    run: { do: [], at: "4s" },
    number: { value: "success(shoppers) over 2s", scale: ["0%", "100%"], near: "10%", expect: ["0%", "100%"] },
  };
  const body = JSON.stringify(lesson);
  await page.route("**/lessons/cascading-failure/lesson.json", (route) => route.fulfill({ body, contentType: "application/json" }));
  await open(page, "./#/lesson/cascading-failure");
  await pause(page);
  const box = page.getByRole("group", { name: "Your guess" });
  await page.getByTestId("scale").fill("20");
  await expect(box.locator("output")).toHaveText(/^20\s%$/);
  await page.getByTestId("commit").press("Enter");
  await expect(box.getByText("Nearly all.")).toBeVisible();
  await expect(page.getByTestId("scale")).toBeDisabled();
  await stepTo(page, 6);
  await expect(box).toContainText(/In your run it came to (9\d|100)\s%/);
  await expect(box.getByText("not so", { exact: true })).toBeVisible();
});
