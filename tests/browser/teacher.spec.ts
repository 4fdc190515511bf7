// The teacher's page of every lesson: two sides of A4 at most, black on white whatever the theme, readable on a phone.
import { writeFileSync } from "node:fs";
import { expect, LESSONS, test } from "./page";
import { read } from "./keys";

const PARTS = ["goal", "preparation", "live", "questions"];

for (const slug of LESSONS) {
  test(`${slug} on paper and on a phone`, async ({ page }) => {
    const lesson = read(slug);
    // Chosen by hand: a system that is dark prints in light colours by itself.
    await page.addInitScript(() => localStorage.setItem("cascade.theme", "dark"));
    await page.goto(`./#/lesson/${slug}/teacher`);
    const sheet = page.getByRole("article");
    await expect(sheet.getByRole("heading", { level: 1 })).toContainText(lesson.title);
    await expect(sheet).toContainText(`${lesson.about.minutes} minutes`);
    // All that there is to tell a teacher, and every answer with its question.
    await expect(sheet.getByRole("heading", { level: 2 })).toHaveCount(PARTS.length + 1);
    const words = (part: any) => (typeof part === "string" ? part : (part.as ?? part.strong ?? part.em ?? part.code ?? part.gloss ?? part.term));
    for (const { question, answer } of lesson.teacher.questions) {
      for (const text of [question, answer]) await expect(sheet).toContainText([text].flat().map(words).join(""));
    }

    const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
    if (process.env.SHEETS) writeFileSync(`${process.env.SHEETS}/${slug}.pdf`, pdf);
    const sides = pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)!.length;
    expect(sides, "sides of A4").toBeLessThanOrEqual(2);
    await page.emulateMedia({ media: "print" });
    const ink = await sheet.getByRole("paragraph").first().evaluate((element) => getComputedStyle(element).color);
    expect(ink, "ink on paper").toBe("rgb(0, 0, 0)");
    const paper = await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
    expect(paper, "and no dark paper").toBe("light");
    await expect(page.getByRole("banner")).toBeHidden();

    await page.emulateMedia({ media: "screen" });
    await page.setViewportSize({ width: 390, height: 844 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide, "nothing beside the screen").toBeLessThanOrEqual(390);
    const size = await sheet.getByRole("paragraph").first().evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    expect(size, "readable without a glass").toBeGreaterThanOrEqual(14);
  });
}
