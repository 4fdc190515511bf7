// Every lesson, played from its first step to its last with the keyboard alone: at two widths, in two themes. Guesses are
// made and decided, tasks done as their solutions say, questions answered; axe looks at every step in two of the four.
import AxeBuilder from "@axe-core/playwright";
import { clock, expect, LESSONS, lessonText, open, test } from "./page";
import { act, isDone, passTo, presses, reach, read, seconds, settle } from "./keys";
import type { Locator, Page } from "@playwright/test";

/** What differs from time to time: the room, the colours, and what is looked at besides. */
const TIMES = [
  { width: 1440, height: 900, colorScheme: "light", thorough: true },
  { width: 390, height: 844, colorScheme: "dark", thorough: true },
  { width: 1440, height: 900, colorScheme: "dark", thorough: false },
  { width: 390, height: 844, colorScheme: "light", thorough: false },
] as const;
type Time = (typeof TIMES)[number];

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** The place of an answer that is right, or of one that is not; from 1, as tests name them. */
const answer = (answers: any[], right: boolean) => answers.findIndex((each) => Boolean(each.right) === right) + 1;

const verdicts = (box: Locator) => [box.getByText("right", { exact: true }), box.getByText("not quite", { exact: true })];

/** The reader is at the heading of the step: it has the focus and is in sight. */
async function arrived(page: Page, number: number, heading: string) {
  const title = page.getByRole("heading", { level: 2, name: heading, exact: true });
  await expect(page.locator(".count")).toContainText(`Step ${number} of`);
  if (number > 1) await expect(title).toBeFocused();
  if (number > 1) await expect(title).toBeInViewport();
}

/** Makes the guess of a step and sees what came of it. */
async function guess(page: Page, predict: any, right: boolean) {
  const box = page.getByRole("group", { name: "Your guess" });
  const commit = page.getByTestId("commit");
  await expect(box.locator(".note"), "nothing is revealed yet").toHaveCount(0);
  if (predict.choices) {
    const chosen = page.getByTestId(`choice ${answer(predict.choices, right)}`);
    await reach(page, chosen);
    await page.keyboard.press("Enter");
    await expect(chosen).toHaveAttribute("aria-pressed", "true");
    await reach(page, commit);
  } else if (predict.number) {
    await reach(page, page.getByTestId("scale"));
    for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press(right ? "ArrowLeft" : "ArrowRight");
    await reach(page, commit);
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("scale")).toBeDisabled();
  } else {
    const curve = page.getByTestId("curve");
    await expect(commit).toBeDisabled();
    await reach(page, curve);
    await expect(curve).toHaveAttribute("aria-valuetext", /nothing drawn here yet/);
    for (const key of ["PageDown", "PageDown", "Shift+ArrowRight", "Shift+ArrowRight", "ArrowUp", "ArrowRight", "PageUp", "End", "ArrowDown"]) {
      await page.keyboard.press(key);
    }
    await expect(curve).toHaveAttribute("aria-valuetext", /^1 m 00 s: you drew|^60 s: you drew|you drew \S/);
    await reach(page, commit);
    await page.keyboard.press("Enter");
  }
  await expect(commit).toHaveText("Skip to the result");
  await expect(box.locator(".note"), "the run decides first").toHaveCount(0);
  await expect(commit, "the button that was pressed keeps the focus").toBeFocused();
  await page.keyboard.press("Enter");
  await expect(commit).toHaveText("Run it again");
  await expect(box.locator(".note")).toBeVisible();
  const [yes, no] = verdicts(box);
  if (predict.choices) {
    await expect(no).toHaveCount(right ? 0 : 1);
    await expect(yes).toHaveCount(predict.choices.filter((each: any) => each.right).length);
  } else {
    await expect(box).toContainText(predict.number ? /In your run it was \d/ : /Your curve is off by \d.*biggest gap is at/);
    expect((await yes.count()) + (await no.count())).toBe(1);
  }
}

/** Does a task as its solution says. */
async function solve(page: Page, lesson: any, step: any, byDigit: boolean) {
  const box = page.getByTestId("task");
  await page.keyboard.press("r");
  await expect.poll(() => clock(page)).toBe(0);
  expect(await isDone(box), "nobody has done anything yet").toBe(false);
  for (const deed of presses(lesson, step.task.solution)) {
    await passTo(page, seconds(deed.at));
    expect(await isDone(box), "what is still to be done is needed").toBe(false);
    await act(page, lesson, step, deed, byDigit);
  }
  // A minute or two is enough for any of them.
  const last = await clock(page);
  for (let waited = 10; waited <= 120 && !(await isDone(box)); waited += 10) await passTo(page, last + waited);
  await expect(box.getByRole("status")).toHaveText("done");
}

/** Answers a question: rightly, after the run that its answers are about; or wrongly, to read why. */
async function check(page: Page, lesson: any, step: any, place: number, right: boolean) {
  const { answers, run } = step.quiz[place];
  const box = page.getByRole("group", { name: "Check yourself" }).nth(place);
  if (run && right) {
    await page.keyboard.press("r");
    for (const deed of presses(lesson, run.do)) {
      await passTo(page, seconds(deed.at));
      await act(page, lesson, step, deed, true);
    }
    await passTo(page, seconds(run.at));
  }
  const wanted = box.locator(".choice").nth(answer(answers, right) - 1);
  await reach(page, wanted);
  await page.keyboard.press("Enter");
  await expect(wanted).toHaveAttribute("aria-pressed", "true");
  const [yes, no] = verdicts(box);
  await expect(yes).toHaveCount(1);
  await expect(no).toHaveCount(right ? 0 : 1);
  if (!right) await expect(box.locator(".note")).toBeVisible();
  if (run && right) {
    // What was broken for it is mended for the next one.
    await page.keyboard.press("r");
  }
}

async function faultless(page: Page, where: string) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html} (${node.failureSummary})`));
  expect(found, where).toEqual([]);
}

async function play(page: Page, slug: string, { thorough, width }: Time) {
  const wide = width > 1000;
  const lesson = read(slug);
  await open(page, `./#/lesson/${slug}`);
  const last = lesson.steps.length;
  for (const [at, step] of lesson.steps.entries()) {
    const { heading, figure, predict, task, compare, quiz, real } = step;
    await arrived(page, at + 1, heading);
    await settle(page);
    const one = figure.show !== "both";
    await expect(page.getByTestId("verdict"), "a step that shows one variant says nothing of the other").toHaveCount(one ? 0 : 1);
    if (compare) await expect(page.getByTestId("comparison").getByRole("row")).toHaveCount(compare.rows.length + 1);
    await expect(page.getByRole("group", { name: "What real systems do" })).toHaveCount(real.length > 0 ? 1 : 0);
    if (predict) await guess(page, predict, thorough);
    if (predict) await settle(page);
    if (task) await solve(page, lesson, step, thorough);
    for (const place of quiz.keys()) await check(page, lesson, step, place, thorough);
    // Turn and turn about: what steps have in common is seen at both widths, in both themes.
    if (thorough && (at % 2 === 0) === wide) await faultless(page, `step ${at + 1}`);
    if (at + 1 === last) break;
    await reach(page, page.getByTestId("next"));
    await page.keyboard.press("Enter");
  }
  await expect(page.getByTestId("next")).toBeDisabled();
}

for (const slug of LESSONS) {
  for (const time of TIMES) {
    const { width, height, colorScheme } = time;
    test(`${slug}, ${width} pixels wide, ${colorScheme}`, async ({ page }) => {
      // Some of their runs take minutes of simulated time.
      test.setTimeout(120_000);
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await play(page, slug, time);
    });
  }
}

test("from the course, forth and back by keyboard; what was done stays", async ({ page }) => {
  const [slug] = LESSONS;
  const lesson = read(slug);
  await open(page);
  await page.getByRole("navigation").getByRole("link", { name: "Course" }).press("Enter");
  await page.getByRole("main").getByRole("link", { name: lesson.title, exact: true }).press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: lesson.title })).toBeVisible();
  await expect(page.locator("nav a[aria-current=page]")).toHaveText("Course");
  await expect(page.getByTestId("back")).toBeDisabled();
  const asks = lesson.steps.findIndex((step: any) => step.predict);
  for (let at = 0; at < asks; at += 1) await page.getByTestId("next").press("Enter");
  await arrived(page, asks + 1, lesson.steps[asks].heading);
  await page.getByTestId(lesson.steps[asks].predict.choices ? "choice 1" : "commit").press("Enter");
  await page.getByTestId("commit").press("Enter");
  const box = page.getByRole("group", { name: "Your guess" });
  await expect(box.locator(".note")).toBeVisible();
  await page.getByTestId("next").press("Enter");
  await arrived(page, asks + 2, lesson.steps[asks + 1].heading);
  await page.getByTestId("back").press("Enter");
  await arrived(page, asks + 1, lesson.steps[asks].heading);
  await expect(box.locator(".note")).toBeVisible();
});

test("each step has its address: back, forward and reload lead to it, with its answers", async ({ page }) => {
  const slug = LESSONS.find((slug) => read(slug).steps.some(({ quiz }: any) => quiz.length > 0))!;
  const { steps } = read(slug);
  const last = steps.length;
  const step = (number: number) => expect(page.locator(".count")).toContainText(`Step ${number} of ${last}`);
  await open(page, `./#/lesson/${slug}`);
  for (let at = 1; at < last; at += 1) await page.getByTestId("next").click();
  await step(last);
  await page.getByTestId("answer 1").click();
  await expect(page.getByTestId("answer 1")).toHaveAttribute("aria-pressed", "true");
  await page.goBack();
  await step(last - 1);
  await page.goBack();
  await step(last - 2);
  await page.goForward();
  await step(last - 1);
  await page.goForward();
  await page.reload();
  await step(last);
  await expect(page.getByTestId("answer 1"), "an answer is kept").toHaveAttribute("aria-pressed", "true");
  // A wrong one can be taken back.
  const wrong = answer(steps[last - 1].quiz[0].answers, false);
  if (wrong === 1) {
    await page.getByTestId("again 1").click();
    await expect(page.getByTestId("answer 1")).toHaveAttribute("aria-pressed", "false");
  }
  // Back from the first step leads out of the lesson.
  await page.goto("./#/course");
  await page.goto(`./#/lesson/${slug}/2`);
  await step(2);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "Course" })).toBeVisible();
});

test("nothing is broken before the guess, and the end of a lesson leads on", async ({ page }) => {
  await open(page, "./#/lesson/cascading-failure/2");
  const fault = page.getByTestId("fault 1");
  await expect(fault).toBeDisabled();
  await page.keyboard.press("1");
  await expect(fault).toHaveAttribute("aria-pressed", "false");
  await page.getByTestId("choice 1").click();
  await expect(fault).toBeEnabled();
  await open(page, "./#/lesson/cascading-failure/7");
  await expect(page.getByTestId("recap")).toBeVisible();
  await expect(page.getByTestId("challenge")).toBeVisible();
  await page.getByTestId("onward").click();
  await expect(page.locator(".count")).toContainText("Step 1 of");
  await expect(page).not.toHaveURL(/cascading-failure/);
});

test("what a reader does meanwhile is part of the run that decides", async ({ page }) => {
  // Payment is to become slow after 5 s. Whoever mends it at once sees another outcome.
  const slug = "cascading-failure";
  const lesson = read(slug);
  const at = lesson.steps.findIndex(({ predict }: any) => predict?.run.do.length > 0);
  const { choices } = lesson.steps[at].predict;
  await open(page, `./#/lesson/${slug}`);
  for (let step = 0; step < at; step += 1) await page.getByTestId("next").press("Enter");
  const wrong = answer(choices, false);
  await page.getByTestId(`choice ${wrong}`).press("Enter");
  await settle(page);
  await passTo(page, 5.5);
  await expect(page.getByTestId("fault 1"), "the run breaks it by itself").toHaveAttribute("aria-pressed", "true");
  await page.getByTestId("fault 1").press("Enter");
  await page.getByTestId("commit").press("Enter");
  await expect(page.getByTestId("commit")).toHaveText("Run it again");
  const box = page.getByRole("group", { name: "Your guess" });
  await expect(page.getByTestId(`choice ${wrong}`).getByText("right")).toBeVisible();
  // Run again, untouched, the lesson is right.
  await page.getByTestId("commit").press("Enter");
  await expect(box.locator(".note")).toHaveCount(0);
  await page.getByTestId("commit").press("Enter");
  await expect(page.getByTestId(`choice ${wrong}`).getByText("not quite")).toBeVisible();
});

const CURVE = LESSONS.flatMap((slug) => {
  const at = read(slug).steps.findIndex(({ predict }: any) => predict?.curve);
  return at < 0 ? [] : [{ slug, at }];
})[0];

for (const kind of ["mouse", "finger"] as const) {
  test(`a curve is drawn with a ${kind}, cleared, drawn anew and held against the run`, async ({ browser, baseURL }) => {
    const touch = kind === "finger";
    const context = await browser.newContext({ baseURL, hasTouch: touch, viewport: touch ? { width: 390, height: 844 } : null });
    const page = await context.newPage();
    await open(page, `./#/lesson/${CURVE.slug}`);
    for (let step = 0; step < CURVE.at; step += 1) await page.getByTestId("next").press("Enter");
    const curve = page.getByTestId("curve");
    const draw = async () => {
      await curve.scrollIntoViewIfNeeded();
      const { x, y, width, height } = (await curve.boundingBox())!;
      // A rise, then a fall, as shares of the canvas.
      const way = [[0.2, 0.85], [0.4, 0.3], [0.5, 0.25], [0.8, 0.8]].map(([right, down]) => ({ x: x + right * width, y: y + down * height }));
      if (!touch) {
        await page.mouse.move(way[0].x, way[0].y);
        await page.mouse.down();
        for (const point of way.slice(1)) await page.mouse.move(point.x, point.y, { steps: 5 });
        await page.mouse.up();
        return;
      }
      const session = await context.newCDPSession(page);
      const dispatch = (type: string, points: any[]) => session.send("Input.dispatchTouchEvent", { type: type as any, touchPoints: points });
      await dispatch("touchStart", [way[0]]);
      for (const point of way.slice(1)) await dispatch("touchMove", [point]);
      await dispatch("touchEnd", []);
      await session.detach();
    };
    await curve.scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => scrollY);
    await draw();
    expect(await page.evaluate(() => scrollY), "the page stays where it is").toBe(before);
    await expect(curve).toHaveAttribute("aria-valuetext", /you drew \d/);
    await page.getByTestId("clear").press("Enter");
    await expect(curve).toHaveAttribute("aria-valuetext", /nothing drawn here yet/);
    await expect(page.getByTestId("commit")).toBeDisabled();
    await draw();
    await expect(page.getByTestId("commit")).toBeEnabled();
    // Along the curve by keys: it rose and fell.
    const at = async (instant: number) => {
      const words = new RegExp(`^${instant}\\s?s: you drew ([\\d.]+)`);
      await expect(curve).toHaveAttribute("aria-valuetext", words);
      return Number(words.exec((await curve.getAttribute("aria-valuetext"))!)![1]);
    };
    await curve.press("Home");
    const heights = [await at(0)];
    for (const [from, to] of [[0, 15], [15, 30], [30, 55]]) {
      for (let steps = from; steps < to; steps += 5) await curve.press("Shift+ArrowRight");
      heights.push(await at(to));
    }
    expect(heights[1]).toBeGreaterThan(heights[0]);
    expect(heights[2]).toBeGreaterThan(heights[1]);
    expect(heights[3]).toBeLessThan(heights[2]);
    await page.getByTestId("commit").press("Enter");
    await draw();
    await page.getByTestId("commit").press("Enter");
    const box = page.getByRole("group", { name: "Your guess" });
    await expect(box).toContainText(/Your curve is off by .* on average\. The biggest gap is at .*: you drew [\d.]+, measured [\d.]+\./);
    // What was committed to stays, and what was measured is said beside it.
    await curve.press("Home");
    for (let steps = 0; steps < 15; steps += 5) await curve.press("Shift+ArrowRight");
    expect(await at(15)).toBe(heights[1]);
    await expect(curve).toHaveAttribute("aria-valuetext", /: you drew [\d.]+, measured [\d.]+/);
    await context.close();
  });
}
