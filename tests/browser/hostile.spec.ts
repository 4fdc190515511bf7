// Whatever stands in place of a lesson: the page says in words what is wrong with it, and lives on.
import { clock, expect, lessonText, test } from "./page";
import type { Page } from "@playwright/test";

const FILE = "**/lessons/cascading-failure/lesson.json";
const LESSON = "./#/lesson/cascading-failure";

/** The lesson, changed. */
function changed(change: (lesson: any) => void): string {
  const lesson = JSON.parse(lessonText("cascading-failure"));
  change(lesson);
  return JSON.stringify(lesson);
}

async function alive(page: Page) {
  await expect(page.getByRole("alert").filter({ hasText: "The simulation stopped" })).toHaveCount(0);
  await page.getByRole("link", { name: "Cascade", exact: true }).click();
  await expect(page.getByTestId("stage A")).toBeVisible();
  await expect.poll(() => clock(page)).toBeGreaterThan(0.2);
}

const wrong: Record<string, { body: string | Buffer; says: RegExp }> = {
  "an empty file": { body: "", says: /./ },
  "a broken file": { body: '{ "schema": 1,\n  "title": ', says: /line 2/ },
  "a page in place of a lesson": { body: "<!doctype html><title>Not found</title>", says: /line 1/ },
  "bytes of a picture": { body: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 254, 0xc3, 0x28]), says: /line 1/ },
  "another kind of JSON": { body: "[1, 2, 3]", says: /./ },
  "parentheses without end": { body: "[".repeat(500_000), says: /./ },
  "a name that is misspelt": {
    body: changed((lesson) => {
      const { payment } = lesson.variants[0].scenario.nodes;
      payment.wrokers = payment.workers;
      delete payment.workers;
    }),
    says: /wrokers[^]*workers/,
  },
  "a field that nobody knows": { body: changed((lesson) => (lesson.colour = "red")), says: /colour/ },
  "a number without measure": {
    body: changed((lesson) => (lesson.variants[0].scenario.nodes.payment.workers = 1e300)),
    says: /workers/,
  },
  "a call to nobody": {
    body: changed((lesson) => delete lesson.variants[0].scenario.nodes.payment),
    says: /payment/,
  },
  "a schema of the future": { body: changed((lesson) => (lesson.variants[0].scenario.schema = 99)), says: /schema/ },
};

for (const [name, { body, says }] of Object.entries(wrong)) {
  test(`${name} shows what is wrong`, async ({ page }) => {
    await page.route(FILE, (route) => route.fulfill({ body, contentType: "application/json" }));
    await page.goto(LESSON);
    const found = page.getByTestId("diagnostics");
    await expect(found).toBeVisible();
    await expect(found).toContainText(says);
    expect(await found.getByRole("listitem").count()).toBeGreaterThan(0);
    await alive(page);
  });
}

test("text that looks like a script stays text", async ({ page }) => {
  const script = `<img src=x onerror="window.intruder=1"><script>window.intruder=1</script>`;
  const body = changed((lesson) => {
    lesson.title = script;
    lesson.steps[0].heading = script;
    lesson.steps[0].text = [script, `{request} ${script} **${script}**`];
    lesson.faults[0].label = script;
    lesson.variants[0].label = script;
  });
  await page.route(FILE, (route) => route.fulfill({ body, contentType: "application/json" }));
  await page.goto(LESSON);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(script);
  await expect(page.getByTestId("clock")).toBeVisible();
  expect(await page.locator("main img, main script").count()).toBe(0);
  expect(await page.evaluate(() => "intruder" in window)).toBe(false);
  await alive(page);
});

test("words of any length and direction fit", async ({ page }) => {
  const long = "Zahlungsverkehrsabwicklungsdienst".repeat(20);
  const body = changed((lesson) => {
    lesson.title = long;
    lesson.steps[0].heading = `\u202e${long}`;
    lesson.steps[0].text = [long, "تأخير الدفع يوقف المتجر", "👩‍👩‍👧‍👦".repeat(50)];
    lesson.faults[0].label = long;
    lesson.variants[0].label = long;
  });
  await page.route(FILE, (route) => route.fulfill({ body, contentType: "application/json" }));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(LESSON);
  await expect(page.getByTestId("clock")).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await alive(page);
});

test("a file that is too long is refused", async ({ page }) => {
  const body = changed((lesson) => (lesson.summary = "x".repeat(2 << 20)));
  await page.route(FILE, (route) => route.fulfill({ body, contentType: "application/json" }));
  await page.goto(LESSON);
  await expect(page.getByRole("alert")).toContainText("longer than 1 MiB");
  await alive(page);
});

test("an address that leads nowhere says so", async ({ page }) => {
  for (const address of ["./#/nowhere", "./#/lesson/../../etc", "./#/lesson/%00", "./#/lesson/" + "a".repeat(5000)]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { name: "There's no such page" })).toBeVisible();
  }
  await alive(page);
});

const absent = { "was removed": 404, "is forbidden": 403, "makes the host stumble": 500 };
for (const [name, status] of Object.entries(absent)) {
  test(`a lesson that ${name} can be asked for again`, async ({ page, complaints }) => {
    await page.route(FILE, (route) => route.fulfill({ status, body: "no" }));
    await page.goto(LESSON);
    await expect(page.getByRole("heading", { name: "The lesson didn't load" })).toBeVisible();
    // The browser itself writes about the status; nothing else may.
    expect(complaints.filter((line) => !line.includes(String(status)))).toEqual([]);
    complaints.length = 0;
    await page.unroute(FILE);
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByTestId("clock")).toBeVisible();
    await alive(page);
  });
}

test("a host that cannot be reached is not the end", async ({ page, complaints }) => {
  await page.route(FILE, (route) => route.abort("connectionrefused"));
  await page.goto(LESSON);
  await expect(page.getByRole("alert")).toContainText("can't be reached");
  expect(complaints.filter((line) => !line.includes("ERR_CONNECTION_REFUSED"))).toEqual([]);
  complaints.length = 0;
  await alive(page);
});

test("an answer that comes late does not replace the page that is open", async ({ page }) => {
  let answer = () => {};
  const waits = new Promise<void>((done) => (answer = done));
  await page.route(FILE, async (route) => {
    await waits;
    await route.fulfill({ body: "{", contentType: "application/json" });
  });
  await page.goto(LESSON);
  await expect(page.getByText("Loading the lesson …")).toBeVisible();
  await page.getByRole("link", { name: "Cascade", exact: true }).click();
  await expect(page.getByTestId("stage A")).toBeVisible();
  const came = page.waitForResponse(FILE);
  answer();
  await (await came).finished();
  await expect.poll(() => clock(page)).toBeGreaterThan(0.5);
  await expect(page.getByTestId("stage A")).toBeVisible();
});
