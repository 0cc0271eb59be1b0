// What a listener does with the page, in a real browser. Against $SPOTISEARCH_URL if it is set: then
// only what holds for every library is tested.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { launch } from "./browser.mjs";
import { SONGS, startFakeServer } from "./fake_server.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const real = process.env.SPOTISEARCH_URL;
const onlyFake = { skip: real ? "needs the made-up library" : false };
let browser, fake, home, context, page, complaints, expected;

before(async () => {
  browser = await launch();
  if (!real) fake = await startFakeServer();
  home = real ?? fake.url;
});
after(async () => {
  await browser?.close();
  fake?.close();
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(15_000);
  page = await context.newPage();
  complaints = [];
  expected = /^$/;
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => { complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  await page.goto(home);
});
afterEach(async () => {
  await context.close();
  const surprising = complaints.filter((text) => !expected.test(text));
  assert.deepEqual(surprising, [], "the console must stay quiet");
});

const titles = () => page.locator(".hit h3").allTextContents();
async function ask(text) {
  await page.fill("#q", text);
  await page.press("#q", "Enter");
  await page.locator(".hit, .notice:not([hidden])").first().waitFor();
  await page.locator("#results:not([aria-busy])").waitFor({ state: "attached" });
}

test("the start page offers examples and says what the library holds", async () => {
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  await page.locator("#library:not(:empty)").waitFor();
  await page.locator(".example").first().click();
  await page.locator(".hit").first().waitFor();
  assert.match(page.url(), /\?q=/);
  assert.notEqual(await page.inputValue("#q"), "");
});

test("a search shows ranked results with their reasons", async () => {
  await ask("rain on a window");
  assert.ok((await page.locator(".hit").count()) >= 1);
  assert.equal(await page.locator(".hit .rank").first().textContent(), "1");
  assert.match(await page.textContent("#status"), /song.*“rain on a window”.* ms/);
  assert.match(await page.title(), /^rain on a window/);
  await page.locator("#mood summary").click();
  assert.ok((await page.locator("#mood .bar").count()) >= 5);
});

test("details of a result: estimates marked, links only where there is an id", onlyFake, async () => {
  await ask("rain");
  const hits = page.locator(".hit");
  assert.deepEqual(await titles(), SONGS.map((song) => song.title));
  assert.equal(await hits.nth(0).locator(".estimated").count(), 0);
  assert.equal(await hits.nth(2).locator(".estimated").textContent(), "estimated");
  assert.match(await hits.nth(0).locator(".facts").textContent(), /92 BPM · A minor · −13\.2 dB/);
  assert.equal(await hits.nth(0).locator("a").getAttribute("href"), SONGS[0].spotify_url);
  assert.equal(await hits.nth(1).locator("a").count(), 0);
  assert.equal(await hits.nth(4).locator(".bar").count(), 0);
  assert.equal(await hits.nth(5).locator(".features .bar").count(), 1);
  // What was told from the text is shown, and said to be no measurement.
  assert.equal(await hits.nth(7).locator(".features .bar").count(), 7);
  assert.match(await hits.nth(7).locator(".estimated").getAttribute("title"), /Told from the title/);
});

test("markup in titles stays text", onlyFake, async () => {
  await ask("rain");
  assert.equal(await page.locator(".hit img, .hit script, .hit h3 b").count(), 0);
  assert.equal((await titles())[1], SONGS[1].title);
});

test("the switch searches albums, and their number is capped", async () => {
  await ask("rain");
  await page.selectOption("#k", "50");
  await page.waitForURL(/k=50/);
  await page.locator(".switch label", { hasText: "Albums" }).click();
  await page.waitForURL(/kind=albums/);
  await page.locator("#status", { hasText: "album" }).waitFor();
  assert.match(page.url(), /k=20/);
  assert.ok(await page.isDisabled("[name=explicit]"));
});

test("filters go into the address and come back from it", async () => {
  await ask("rain");
  await page.locator("#filters summary").click();
  await page.fill("[name=year_from]", "1950");
  await page.press("[name=year_from]", "Enter");
  await page.waitForURL(/year_from=1950/);
  await page.locator("#status", { hasText: "pass the filters" }).waitFor();
  await page.reload();
  await page.locator("#status", { hasText: "pass the filters" }).waitFor();
  assert.equal(await page.inputValue("[name=year_from]"), "1950");
  assert.match(await page.textContent("#filters summary"), /\(1\)/);
});

test("back and forward walk through the searches", async () => {
  await ask("first feeling");
  await ask("second feeling");
  await page.goBack();
  await page.locator("#status", { hasText: "first feeling" }).waitFor();
  assert.equal(await page.inputValue("#q"), "first feeling");
  await page.goBack();
  await page.locator("#start").waitFor();
  assert.equal(await page.locator(".hit").count(), 0);
  await page.goForward();
  await page.locator("#status", { hasText: "first feeling" }).waitFor();
});

test("more like this", async () => {
  await ask("rain");
  const title = (await titles())[0];
  await page.locator(".like").first().click();
  await page.locator("#status", { hasText: `like “${title}”` }).waitFor();
  assert.match(page.url(), /\?like=/);
  await page.reload();
  await page.locator(".hit").first().waitFor();
  await page.goBack();
  await page.locator("#status", { hasText: "“rain”" }).waitFor();
});

test("ids with every kind of character survive the address", onlyFake, async () => {
  await ask("rain");
  await page.locator(".like").nth(6).click();
  await page.locator("#status", { hasText: "like “An Awkward Id”" }).waitFor();
});

test("an answer that is out of date is dropped", onlyFake, async () => {
  await page.fill("#q", "slowly one");
  await page.press("#q", "Enter");
  await page.locator("#status", { hasText: "Searching" }).waitFor();
  await ask("quick two");
  await page.waitForTimeout(900);
  assert.match(await page.textContent("#status"), /quick two/);
});

test("nothing found offers to clear the filters", onlyFake, async () => {
  await ask("nothing at all");
  assert.match(await page.textContent("#notice"), /Nothing found/);
  await page.goto(`${home}?q=rain&genre=nosuchgenre`);
  await page.locator("#notice button").click();
  await page.locator(".hit").first().waitFor();
  assert.doesNotMatch(page.url(), /genre/);
});

test("a wrong filter is named and marked", async () => {
  expected = /status of 400/;
  await page.goto(`${home}?q=rain&year_from=soon`);
  await page.locator(".notice.trouble").waitFor();
  assert.match(await page.textContent("#notice"), /Year from must be a whole number/);
  assert.equal(await page.getAttribute("[name=year_from]", "aria-invalid"), "true");
  assert.ok(await page.isVisible("[name=year_from]"));
});

test("a failure says what happened and can be tried again", onlyFake, async () => {
  expected = /status of 503|ERR_FAILED/;
  await ask("broken library");
  assert.match(await page.textContent("#notice"), /vectors are damaged/);
  await page.route("**/api/**", (route) => route.abort());
  await ask("rain");
  await page.locator("#notice", { hasText: "does not answer" }).waitFor();
  await page.unroute("**/api/**");
  await page.locator("#notice button").click();
  await page.locator(".hit").first().waitFor();
});

test("an empty library is explained", onlyFake, async () => {
  // The icon of the page just left may still be loading when the other server's policy is in force.
  expected = /favicon\.svg.*Content Security Policy/;
  const empty = await startFakeServer({ empty: true });
  await page.goto(empty.url);
  await page.locator("#notice", { hasText: "library is empty" }).waitFor();
  await page.locator("#notice pre", { hasText: "spotisearch import" }).waitFor();
  empty.close();
});

test("the keyboard is enough", async () => {
  await ask("rain");
  await page.locator(".like").first().focus();
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  await page.keyboard.type("a/b");
  assert.equal(await page.inputValue("#q"), "a/b");
  await page.keyboard.press("Enter");
  await page.locator("#status", { hasText: "“a/b”" }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await page.waitForURL(/kind=albums/);
});

test("an empty box leads back to the start", async () => {
  await ask("rain");
  await page.fill("#q", "   ");
  await page.press("#q", "Enter");
  await page.locator("#start").waitFor();
  assert.doesNotMatch(page.url(), /q=/);
});

for (const width of [360, 768, 2560]) {
  test(`nothing runs out of the page at ${width} px`, async () => {
    await page.setViewportSize({ width, height: 800 });
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok((await overflow()) <= 0, "start");
    await ask("rain");
    await page.locator("#filters summary").click();
    await page.locator("#mood summary").click();
    assert.ok((await overflow()) <= 0, "results");
  });
}

for (const colorScheme of ["light", "dark"]) {
  test(`no barriers in ${colorScheme}`, async () => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const serious = async () => {
      // Through the debugger, not a script element: the page's policy stays in force.
      await page.evaluate(axe);
      const { violations } = await page.evaluate("axe.run()");
      return violations.filter(({ impact }) => ["serious", "critical"].includes(impact))
        .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).slice(0, 3)}`);
    };
    assert.deepEqual(await serious(), [], "start");
    await ask("rain");
    await page.locator("#filters summary").click();
    await page.locator("#mood summary").click();
    assert.deepEqual(await serious(), [], "songs");
    await page.goto(`${home}?q=rain&kind=albums`);
    await page.locator(".hit").first().waitFor();
    assert.deepEqual(await serious(), [], "albums");
    expected = /status of 400/;
    await page.goto(`${home}?q=rain&year_from=soon`);
    await page.locator(".notice.trouble").waitFor();
    assert.deepEqual(await serious(), [], "error");
  });
}
