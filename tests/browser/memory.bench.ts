// Ten simulated hours at full speed take no more memory than their first ten minutes. MEMORY=slug,slug: only these.
import { holds } from "./memory";
import { test } from "./page";

const SLUGS = process.env.MEMORY?.split(",") ?? ["dead-letters", "circuit-breaker", "click-feed", "checkout-saga"];

for (const slug of SLUGS) {
  test(`ten simulated hours of ${slug} hold their memory`, async ({ page }) => {
    await holds(page, slug, 36_000);
  });
}
