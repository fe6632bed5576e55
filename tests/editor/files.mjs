// Every file keeps its bytes: one word is typed by keyboard, and the commit's diff is that one line.

import assert from "node:assert/strict";
import path from "node:path";
import {exampleFolder, person, stet, tell} from "./browser.mjs";
import {isOneWord, open, save, state, typeOneWord} from "./desk.mjs";
import {openHouse} from "./house.mjs";
import {odd, seeds} from "./odd.mjs";

const fromSeeds = seeds(process.env.STET_SEEDS ?? path.resolve(exampleFolder, "../../../shared/seeds"));
const posts = {...odd, ...fromSeeds};
const files = Object.fromEntries(Object.entries(posts).map(([name, text]) => [`_posts/${name}.md`, text]));
const own = {
  "posts/2025-06-30-naghsheh-bandar": "_posts/2025-06-30-naghsheh-bandar.md",
  "drafts/thanks-to-everyone": "_drafts/thanks-to-everyone.md",
  "pages/_pages/about.md": "_pages/about.md",
  "schedule/sessions/knots": "_schedule/knots.md",
  "speakers/petra-wexcombe": "_speakers/petra-wexcombe.md",
};
const broken = "---\ntitle: \"no end\ntags: [a\n---\nText of a file that is broken.\n";
const house = await openHouse(stet, exampleFolder, {files: {...files, "_posts/2020-03-01-broken.md": broken}});
const places = {...Object.fromEntries(Object.keys(posts).map((name) => [`posts/${name}`, `_posts/${name}.md`])), ...own};
assert.ok(Object.keys(odd).length >= 20);

const who = await person(house, "eda", "#/account");
who.allow(/status of (401|404|422)/); // who is there; pictures that a seed has not; the preview of what is broken
const {page} = who;

async function oneWord(address, file) {
  const before = house.file(file), head = house.head();
  await open(who, address);
  await typeOneWord(page);
  await save(page, file.startsWith("_drafts/") ? /Saved$/ : "Saved and live");
  assert.notEqual(house.head(), head, `${file}: nothing was committed`);
  isOneWord(house, file, before);
}

await tell({
  ...Object.fromEntries(Object.entries(places).map(([address, file]) => [`one word in ${address} is one line`, () => oneWord(address, file)])),
  "another title leaves comments, quotes, order and line ends": async () => {
    for (const [name, from, to] of [
      ["2020-01-08-comments", "title: Comments # beside", "title: Comments, too # beside"],
      ["2020-01-01-crlf", "title: Carriage returns\r", "title: Carriage returns, too\r"],
      ["2020-01-09-flow", "title: Flow", "title: Flow, too"],
    ]) {
      await open(who, `posts/${name}`);
      const title = page.getByRole("textbox", {name: "Title"});
      await title.press("Control+End");
      await title.pressSequentially(", too");
      await save(page);
      assert.deepEqual(house.lastDiff(`_posts/${name}.md`), [`-${from}`, `+${to}`]);
    }
  },
  "broken details are shown as text, the place is marked, and they can be mended": async () => {
    await open(who, "posts/2020-03-01-broken", "Whole file");
    await page.getByText("The details of this file cannot be read").waitFor();
    await page.getByText("Line 4, column 1:").waitFor();
    await page.locator(".cm-faultLine").first().waitFor();
    const text = page.getByRole("textbox", {name: "Whole file"});
    await text.focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    await page.keyboard.type("\"");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    await page.keyboard.type("]");
    await save(page);
    assert.equal(house.file("_posts/2020-03-01-broken.md").toString(), broken.replace("no end", "no end\"").replace("[a", "[a]"));
    await who.go("#/account");
    await open(who, "posts/2020-03-01-broken");
    assert.equal(await page.getByRole("textbox", {name: "Title"}).inputValue(), "no end");
  },
  "a file of the site is edited whole": async () => {
    const admin = await person(house, "mira", "#/edit/files/_data/navigation.yml");
    admin.allow(/status of 4(01|22)/); // the preview of what is being typed
    const before = house.file("_data/navigation.yml");
    await typeOneWord(admin.page, "Whole file");
    await admin.page.keyboard.press("Control+Z");
    await admin.page.keyboard.press("Control+Home");
    await admin.page.keyboard.type("# Where to go\n");
    await save(admin.page);
    assert.deepEqual(house.file("_data/navigation.yml"), Buffer.concat([Buffer.from("# Where to go\n"), before]));
    await admin.leave();
  },
  "nothing is sent where nothing has changed": async () => {
    const head = house.head();
    await open(who, "posts/2020-01-16-setext");
    assert.ok(await page.getByRole("button", {name: "Save", exact: true}).isDisabled());
    await page.getByRole("textbox", {name: "Title"}).press("End");
    await page.keyboard.type("x");
    await state(page, "Not saved yet");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Control+s");
    await page.getByRole("status").filter({hasText: "Saved"}).first().waitFor();
    assert.equal(house.head(), head);
  },
  "no complaint was made": () => who.leave(),
}, house.close);
