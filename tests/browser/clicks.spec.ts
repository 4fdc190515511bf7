// Random clicks and keys: whatever is pressed, the program lives and loses no message. SEED=… repeats a run.
import { clickAbout, seed } from "./clicks";
import { test } from "./page";

test("300 random actions do no harm", async ({ page }) => {
  test.setTimeout(240_000);
  await clickAbout(page, seed(), 300);
});
