// Memory does not grow with a run: half a simulated hour. The ten hours are in memory.bench.ts.
import { holds } from "./memory";
import { test } from "./page";

test("half a simulated hour takes no more memory than its beginning", async ({ page }) => {
  test.setTimeout(120_000);
  await holds(page, "dead-letters", 1800);
});
