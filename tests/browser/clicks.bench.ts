// Very many random clicks and keys. SEED=… repeats a run.
import { clickAbout, seed } from "./clicks";
import { test } from "./page";

test("2,000 random actions do no harm", async ({ page }) => {
  await clickAbout(page, seed(), 2000);
});
