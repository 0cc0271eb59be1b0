// Writes pictures of the page in its states: node tests/screenshots.mjs FOLDER
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { launch } from "./browser.mjs";
import { startFakeServer } from "./fake_server.mjs";

const folder = process.argv[2];
if (!folder) {
  console.error("usage: node tests/screenshots.mjs FOLDER");
  process.exit(2);
}
const STATES = {
  start: "", songs: "?q=a+slow+morning+by+the+sea", albums: "?q=a+slow+morning+by+the+sea&kind=albums",
  filters: "?q=rain&year_from=1990&genre=dream+pop", none: "?q=nothing+like+it&genre=nosuchgenre",
  error: "?q=rain&year_from=soon",
};

await mkdir(folder, { recursive: true });
const fake = process.env.SPOTISEARCH_URL ? null : await startFakeServer();
const home = process.env.SPOTISEARCH_URL ?? fake.url;
const browser = await launch();
for (const colorScheme of ["light", "dark"]) {
  for (const width of [360, 1280]) {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    for (const [state, query] of Object.entries(STATES)) {
      await page.goto(home + query, { waitUntil: "networkidle" });
      if (state === "filters") for (const id of ["filters", "mood"]) await page.locator(`#${id} summary`).click();
      await page.screenshot({ path: join(folder, `${state}-${colorScheme}-${width}.png`), fullPage: true });
    }
    await page.close();
  }
}
await browser.close();
fake?.close();
