// Pictures of the pages to look at, in results/pictures; only with PICTURES=1, for they prove nothing.
import { frames, OPENING, PAGES, openStill, stepTo, test } from "./page";

test.skip(!process.env.PICTURES, "only for people who look");

const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

for (const colorScheme of ["light", "dark"] as const) {
  for (const size of SIZES) {
    for (const [at, address] of PAGES.entries()) {
      test(`${address} in ${colorScheme}, ${size.width} wide`, async ({ page }) => {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(size);
        await openStill(page, address);
        await stepTo(page, 15);
        if (address === OPENING) {
          await page.getByTestId("fault 1").click();
          await stepTo(page, 27);
        }
        await frames(page);
        const path = `results/pictures/${at}-${colorScheme}-${size.width}.png`;
        await page.screenshot({ path, fullPage: size.width < 500 });
      });
    }
  }
}
