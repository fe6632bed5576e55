// Posts, drafts, pages and collections: found, narrowed, sorted, paged, begun, copied, renamed, deleted, and many done at once.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import {gzipSync} from "node:zlib";
import {exampleFolder, isAccessible, person, phone, stet, tell} from "./browser.mjs";
import {openHouse} from "./house.mjs";

const config = fs.readFileSync(path.join(exampleFolder, "_config.yml"), "utf8");
const log = (n) => `---\ntitle: Log ${String(n).padStart(3, "0")}\ntags: [log]\nauthor: Keeper\n---\nQuiet water, entry ${n}.\n`;
const files = {
  "_config.yml": `${config}\ncollections:\n  field_notes:\n    output: true\n`,
  "_field_notes/otter.md": "---\ntitle: An otter\n---\nSeen at dawn.\n",
  "_posts/2025-03-01-odd-bytes.md": "---\r\ntitle:   'Odd bytes'   # kept\r\ntags:   [ log,keep ]\r\n---\r\nNo line end",
  "_posts/2024-12-01-hidden.md": "---\ntitle: Not for now\npublished: false\n---\nHidden.\n",
  "_posts/2099-01-01-later.md": "---\ntitle: Some day\n---\nLater.\n",
  "_posts/2024-11-01-broken.md": "---\ntitle: Broken post\ntags: [a\n---\nText.\n",
};
for (let n = 1; n <= 60; ++n) files[`_posts/2020-${String(1 + n % 12).padStart(2, "0")}-${String(1 + n % 28).padStart(2, "0")}-log-${n}.md`] = log(n);

const house = await openHouse(stet, exampleFolder, {files});
const after = [house.close];
const unsigned = /status of 401/; // Chromium's own words for the question who is here

async function story(name, to, options, run) {
  const who = await person(house, name, to, options);
  who.allow(unsigned);
  await run(who, who.page);
  await who.leave();
}

const table = (page) => page.getByRole("table", {name: "Entries"});
const titles = (page) => table(page).locator("[data-control=title]").allTextContents();
const row = (page, title) => table(page).getByRole("row").filter({has: page.getByRole("link", {name: title, exact: true})});
const total = (page, text) => page.getByRole("status").getByText(text, {exact: true}).waitFor();
const settled = (page) => page.locator("table[aria-busy=false]").waitFor();
const act = async (page, title, action) => {
  await row(page, title).getByRole("button", {name: `Actions for ${title}`}).click();
  await page.getByRole("menuitem", {name: action}).click();
};
const isNarrow = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
const commits = () => Number(house.git("rev-list", "--count", "main"));

await tell({
  "posts are listed with title, state, date, author and tags, the newest first": () => story("eda", "#/posts", {}, async (who, page) => {
    await total(page, "72 entries");
    const first = await titles(page);
    assert.equal(first.length, 50);
    assert.deepEqual(first.slice(0, 2), ["Some day", "What to bring"]);
    const cells = await row(page, "How we drew the harbour").getByRole("cell").allTextContents();
    assert.deepEqual(cells.slice(2, 4).map((cell) => cell.trim()), ["Published", "May 21, 2024"]);
    assert.match(cells[5], /surveying/);
    await row(page, "What to bring").getByText("The harbour office").waitFor();
    await row(page, "Some day").getByText("Appears later").waitFor();
    await row(page, "Not for now").getByText("Unpublished").waitFor();
    await row(page, "Odd bytes").getByText("Published").waitFor();
    assert.equal(await page.getByRole("columnheader", {name: "Date"}).getAttribute("aria-sort"), "descending");
    await who.shot("posts", true);
    await isAccessible(who);
  }),
  "a post that is broken says what is wrong": () => story("eda", "#/posts?state=problem", {}, async (who, page) => {
    await total(page, "1 entry");
    const broken = table(page).getByRole("row").nth(1);
    await broken.getByText("Broken", {exact: true}).last().waitFor();
    assert.match(await broken.textContent(), /a list in \[ \] goes on/);
    await who.shot("posts-broken");
    await isAccessible(who);
  }),
  "filters show how many they leave, stand in the address, and the back button takes them back": () => story("eda", "#/posts", {}, async (who, page) => {
    await page.getByLabel("Tag", {exact: true}).locator("option", {hasText: "surveying (2)"}).waitFor({state: "attached"});
    await page.getByLabel("Year", {exact: true}).locator("option", {hasText: "2020 (60)"}).waitFor({state: "attached"});
    await page.getByLabel("Author", {exact: true}).locator("option", {hasText: "Keeper (60)"}).waitFor({state: "attached"});
    await page.getByLabel("Author", {exact: true}).locator("option", {hasText: "The harbour office"}).waitFor({state: "attached"});
    await page.getByLabel("Tag", {exact: true}).selectOption("surveying");
    await total(page, "2 entries");
    assert.match(page.url(), /tag=surveying/);
    await page.getByLabel("Year", {exact: true}).selectOption("2024");
    await page.waitForURL(/year=2024/);
    await settled(page);
    await page.goBack();
    await total(page, "2 entries");
    assert.equal(await page.getByLabel("Year", {exact: true}).inputValue(), "");
    await page.goBack();
    await total(page, "72 entries");
    assert.equal(await page.getByLabel("Tag", {exact: true}).inputValue(), "");
    await page.getByLabel("Category", {exact: true}).selectOption("notes");
    await total(page, "2 entries");
    await page.getByLabel("State", {exact: true}).selectOption({label: "Appears later"});
    await page.getByText("Nothing found").waitFor();
    await who.shot("nothing-found");
    await isAccessible(who);
    await page.getByRole("button", {name: "Clear search and filters"}).click();
    await total(page, "72 entries");
    await page.getByLabel("State", {exact: true}).selectOption({label: "Appears later"});
    await total(page, "1 entry");
    await page.getByLabel("State", {exact: true}).selectOption({label: "Unpublished"});
    await row(page, "Not for now").waitFor();
    await total(page, "1 entry");
    assert.deepEqual(await titles(page), ["Not for now"]);
  }),
  "words are searched for as they are typed, and marked where they are": () => story("eda", "#/posts", {}, async (who, page) => {
    await total(page, "72 entries");
    await page.keyboard.press("/");
    await page.keyboard.type("harb", {delay: 10});
    await page.locator("mark").first().waitFor();
    await settled(page);
    assert.match(page.url(), /q=harb/);
    assert.ok((await titles(page)).includes("How we drew the harbour"));
    assert.ok((await page.locator("mark").allTextContents()).every((text) => /harb/i.test(text)));
    await page.getByText("Best matches first").waitFor();
    await who.shot("search");
    await isAccessible(who);
    await page.getByLabel("Author", {exact: true}).selectOption("Keeper");
    await page.getByText("Nothing found").waitFor();
    await page.goBack();
    await page.locator("mark").first().waitFor();
    await page.getByRole("searchbox", {name: "Search posts"}).fill("qqqq");
    await page.getByText("Nothing found").waitFor();
    await page.goBack();
    await total(page, "72 entries");
    assert.equal(await page.getByRole("searchbox", {name: "Search posts"}).inputValue(), "");
  }),
  "a heading sorts, and says which way": () => story("eda", "#/posts", {}, async (who, page) => {
    await total(page, "72 entries");
    await page.getByRole("columnheader", {name: "Title"}).getByRole("button").click();
    await page.waitForURL(/sort=title/);
    await page.locator("th[aria-sort=ascending]").waitFor();
    await settled(page);
    const shown = await titles(page);
    assert.deepEqual(shown.slice(0, 3), [...shown.slice(0, 3)].sort());
    await page.getByLabel("Sort by").selectOption({label: "Oldest first"});
    await page.waitForURL(/sort=date/);
    await page.getByRole("link", {name: "Log 012"}).waitFor();
  }),
  "the next page by keyboard, and the way back": () => story("eda", "#/posts", {}, async (who, page) => {
    await total(page, "72 entries");
    const pages = page.getByRole("navigation", {name: "Pages of the list"});
    await pages.getByText("1–50 of 72").waitFor();
    await pages.getByRole("link", {name: "Next"}).focus();
    await page.keyboard.press("Enter");
    await pages.getByText("51–72 of 72").waitFor();
    assert.equal((await titles(page)).length, 22);
    assert.match(page.url(), /cursor=/);
    await pages.getByRole("link", {name: "Previous"}).focus();
    await page.keyboard.press("Enter");
    await pages.getByText("1–50 of 72").waitFor();
    await page.goBack();
    await pages.getByText("51–72 of 72").waitFor();
    await pages.getByRole("link", {name: "First"}).click();
    await pages.getByText("1–50 of 72").waitFor();
  }),
  "drafts, pages and the site's own collections have lists, and stand in the navigation": () => story("eda", "#/drafts", {}, async (who, page) => {
    await total(page, "1 entry");
    await row(page, "Thanks to everyone who came").getByText("Draft").waitFor();
    await page.getByRole("navigation", {name: "Main"}).getByRole("link", {name: "Pages", exact: true}).click();
    await row(page, "About the meeting").getByText("/about/", {exact: true}).waitFor();
    await who.shot("pages");
    await isAccessible(who);
    await page.getByRole("navigation", {name: "Main"}).getByRole("link", {name: "Field notes"}).click();
    await row(page, "An otter").waitFor();
    assert.match(page.url(), /#\/collections\/field_notes$/);
    assert.equal(await page.getByRole("link", {name: "Field notes"}).getAttribute("aria-current"), "page");
    assert.match(await page.getByRole("link", {name: "An otter"}).getAttribute("href"), /#\/edit\/collections\/field_notes\/otter$/);
  }),
  "a new post begins as a draft, and says where it will be": () => story("eda", "#/posts", {}, async (who, page) => {
    await page.getByRole("link", {name: "New post"}).click();
    await page.getByRole("button", {name: "Create and write"}).click();
    await page.getByText("Give it a title.", {exact: true}).waitFor();
    await page.getByRole("textbox", {name: "Title"}).fill("Doors at nine");
    await page.getByText("_drafts/doors-at-nine.md").waitFor();
    await who.shot("new");
    await isAccessible(who);
    await page.getByRole("button", {name: "Create and write"}).click();
    await page.waitForURL(/#\/edit\/drafts\/doors-at-nine$/);
    assert.equal(house.file("_drafts/doors-at-nine.md").toString(), "---\ntitle: Doors at nine\n---\n");
  }),
  "a new post that everybody sees has a day, and a name of one's choice": () => story("eda", "#/new/posts", {}, async (who, page) => {
    await page.getByRole("textbox", {name: "Title"}).fill("The ferry");
    await page.getByLabel("Everybody, at once").check();
    await page.getByLabel("Date").fill("2098-02-03");
    await page.getByText("This day is yet to come").waitFor();
    await page.getByText("_posts/2098/02/2098-02-03-the-ferry.md").waitFor();
    await page.getByLabel("Name in the address").fill("ferry times");
    await page.getByText("2098-02-03-ferry-times.md").waitFor();
    await page.getByRole("button", {name: "Create and write"}).click();
    await page.waitForURL(/#\/edit\/posts\/2098\/02\/2098-02-03-ferry-times$/);
    assert.match(house.file("_posts/2098/02/2098-02-03-ferry-times.md").toString(), /^---\ntitle: The ferry\ndate: 2098-02-03\n---\n$/);
  }),
  "a duplicate is a draft with a title of its own": () => story("eda", "#/posts", {}, async (who, page) => {
    await act(page, "What to bring", "Duplicate");
    await page.waitForURL(/#\/edit\/drafts\/what-to-bring-copy$/);
    const copy = house.file("_drafts/what-to-bring-copy.md").toString();
    assert.match(copy, /title: What to bring \(copy\)/);
    assert.equal(copy.split("---\n")[2], house.file("_posts/2025-09-02-what-to-bring.md").toString().split("---\n")[2]);
  }),
  "a rename shows the new address and what links there, and says that the old one is lost": () => story("eda", "#/posts", {}, async (who, page) => {
    house.push({"_pages/rooms.md": `${house.file("_pages/rooms.md")}\nSee [the programme](/2025/07/14/programme-is-out/).\n`});
    await row(page, "The programme is out").waitFor();
    await act(page, "The programme is out", "Rename or move");
    const dialog = page.getByRole("dialog", {name: "Rename or move “The programme is out”"});
    await dialog.getByLabel("Name in the address").fill("the programme");
    await dialog.getByText("/2025/07/14/the-programme/").waitFor();
    await dialog.getByText(/jekyll-redirect-from/).waitFor();
    await dialog.getByText("_pages/rooms.md").waitFor();
    await who.shot("rename");
    await isAccessible(who);
    await dialog.getByRole("button", {name: "Rename", exact: true}).click();
    await page.getByRole("status").getByText(/The address is now/).waitFor();
    assert.match(house.file("_pages/rooms.md").toString(), /\(\/2025\/07\/14\/the-programme\/\)/);
    assert.throws(() => house.file("_posts/2025-07-14-programme-is-out.md"));
    await page.getByRole("button", {name: "Undo"}).click();
    await page.getByText("Undone. Everything is as it was before.").waitFor();
    assert.match(house.file("_pages/rooms.md").toString(), /programme-is-out/);
    house.file("_posts/2025-07-14-programme-is-out.md");
  }),
  "where the site has redirects, the old address leads to the new one": () => story("eda", "#/posts", {}, async (who, page) => {
    house.push({"_config.yml": house.file("_config.yml").toString().replace("plugins: [", "plugins: [jekyll-redirect-from, ")});
    await page.reload();
    await act(page, "The programme is out", "Rename or move");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name in the address").fill("programme");
    await dialog.getByText("Whoever comes to the old address is led to the new one.").waitFor();
    await dialog.getByRole("button", {name: "Rename", exact: true}).click();
    await page.getByRole("status").getByText(/The address is now/).waitFor();
    assert.match(house.file("_posts/2025-07-14-programme.md").toString(), /redirect_from:.*\/2025\/07\/14\/programme-is-out\//s);
  }),
  "what is deleted comes back byte for byte": () => story("eda", "#/posts", {}, async (who, page) => {
    const before = house.file("_posts/2025-03-01-odd-bytes.md");
    await row(page, "Odd bytes").waitFor();
    await act(page, "Odd bytes", "Delete");
    await page.getByRole("status").getByText("Deleted “Odd bytes”.").waitFor();
    await row(page, "Odd bytes").waitFor({state: "detached"});
    assert.throws(() => house.file("_posts/2025-03-01-odd-bytes.md"));
    await page.waitForFunction(() => document.activeElement?.dataset.control === "title");
    await who.shot("deleted");
    await page.getByRole("button", {name: "Undo"}).click();
    await row(page, "Odd bytes").waitFor();
    assert.deepEqual(house.file("_posts/2025-03-01-odd-bytes.md"), before);
  }),
  "rows are chosen by keyboard, and a tag is put on all of them in one saved version": () => story("eda", "#/posts?tag=log&sort=title", {}, async (who, page) => {
    await total(page, "61 entries");
    const before = commits();
    await page.getByRole("checkbox", {name: "Choose Log 001"}).focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Shift+Space");
    await page.getByRole("region", {name: "4 chosen"}).waitFor();
    assert.ok(await page.getByRole("checkbox", {name: "Choose Log 003"}).isChecked());
    await who.shot("chosen");
    await isAccessible(who);
    await page.getByRole("button", {name: "Add tag"}).click();
    await page.getByRole("dialog", {name: "Add tag"}).getByLabel("Tag").fill("quiet");
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByText("Added “quiet” to 4 entries.").waitFor();
    assert.equal(commits(), before + 1);
    assert.deepEqual(house.lastDiff().sort(), [...Array(4).fill("+tags: [log, quiet]"), ...Array(4).fill("-tags: [log]")]);
    await page.getByLabel("Tag", {exact: true}).locator("option", {hasText: "quiet (4)"}).waitFor({state: "attached"});
    await page.getByRole("button", {name: "Undo"}).click();
    await page.getByText("Undone. Everything is as it was before.").waitFor();
    assert.equal(house.git("rev-parse", "main^{tree}"), house.git("rev-parse", "main~2^{tree}"));
  }),
  "a range with Shift and the mouse; a tag taken away; unpublished and published again": () => story("eda", "#/posts?tag=log&sort=title", {}, async (who, page) => {
    await total(page, "61 entries");
    await page.getByRole("checkbox", {name: "Choose Log 010"}).click();
    await page.getByRole("checkbox", {name: "Choose Log 012"}).click({modifiers: ["Shift"]});
    await page.getByRole("button", {name: "Remove tag"}).click();
    await page.getByRole("dialog", {name: "Remove tag"}).getByLabel("Tag").fill("log");
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByText("Removed “log” from 3 entries.").waitFor();
    await total(page, "58 entries");
    assert.deepEqual(house.lastDiff(), Array(3).fill("-tags: [log]"));
    await who.go("#/posts?author=Keeper&sort=title");
    await total(page, "60 entries");
    const before = commits();
    for (const n of ["001", "002"]) await page.getByRole("checkbox", {name: `Choose Log ${n}`}).check();
    await page.getByRole("region", {name: "2 chosen"}).getByRole("button", {name: "Unpublish"}).click();
    await row(page, "Log 001").getByText("Unpublished").waitFor();
    assert.deepEqual(house.lastDiff(), Array(2).fill("+published: false"));
    for (const n of ["001", "002", "003"]) await page.getByRole("checkbox", {name: `Choose Log ${n}`}).check();
    await page.getByRole("region", {name: "3 chosen"}).getByRole("button", {name: "Publish", exact: true}).click();
    await row(page, "Log 001").getByText("Unpublished").waitFor({state: "detached"});
    assert.deepEqual(house.lastDiff(), Array(2).fill("-published: false"));
    assert.equal(commits(), before + 2);
  }),
  "many are deleted as one, after a question, and come back as one": () => story("eda", "#/posts?author=Keeper&sort=title", {}, async (who, page) => {
    await total(page, "60 entries");
    const before = commits();
    await page.getByRole("checkbox", {name: "Choose all on this page"}).check();
    await page.getByRole("region", {name: "50 chosen"}).getByRole("button", {name: "Delete"}).click();
    await page.getByRole("dialog", {name: "Delete 50 entries?"}).getByRole("button", {name: "Delete"}).click();
    await total(page, "10 entries");
    assert.equal(commits(), before + 1);
    await page.getByRole("button", {name: "Undo"}).click();
    await total(page, "60 entries");
    assert.equal(house.git("rev-parse", "main^{tree}"), house.git("rev-parse", "main~2^{tree}"));
  }),
  "a draft is published where posts are": () => story("eda", "#/drafts", {}, async (who, page) => {
    const text = "---\ntitle: Ready\n---\nTo be seen.\n";
    house.push({"_drafts/ready.md": text});
    await act(page, "Ready", "Publish");
    await page.getByRole("status").getByText("Published 1 entry.").waitFor();
    await row(page, "Ready").waitFor({state: "detached"});
    const [made] = /_posts\/(\d{4}\/\d\d\/)?\d{4}-\d\d-\d\d-ready\.md/.exec(house.git("ls-tree", "-r", "--name-only", "main", "_posts"));
    assert.equal(house.file(made).toString(), text);
  }),
  "what others do is seen without asking": () => story("eda", "#/drafts", {}, async (who, page) => {
    await row(page, "Thanks to everyone who came").waitFor();
    house.push({"_drafts/pushed.md": "---\ntitle: Pushed by somebody\n---\n"});
    await row(page, "Pushed by somebody").waitFor();
  }),
  "one field goes to any entry or screen, and begins new ones": () => story("eda", "#/status", {}, async (who, page) => {
    await page.keyboard.press("Control+k");
    const field = page.getByRole("combobox", {name: "Go to or do"});
    await field.waitFor();
    await page.getByRole("option", {name: "Posts", exact: true}).waitFor();
    await page.keyboard.type("drew");
    await page.getByRole("option", {name: "How we drew the harbour"}).waitFor();
    const chosen = page.getByRole("listbox").getByRole("option", {selected: true});
    await chosen.getByText("How we drew the harbour").waitFor();
    assert.equal(await field.getAttribute("aria-activedescendant"), await chosen.getAttribute("id"));
    await who.shot("palette");
    await isAccessible(who);
    await page.keyboard.press("Enter");
    await page.waitForURL(/#\/edit\/posts\/2024-05-21-how-we-drew-the-harbour$/);
    await page.getByRole("button", {name: "Go to…"}).click();
    await field.waitFor();
    await page.keyboard.type("new po");
    await page.getByRole("option", {name: "New post"}).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/#\/new\/posts$/);
    await page.keyboard.press("Control+k");
    await field.waitFor();
    await page.keyboard.type("qqqq");
    await page.getByText("Nothing found. Try fewer or other words.").first().waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await page.getByRole("combobox", {name: "Go to or do"}).count(), 0);
  }),
  "who may not write is offered nothing to change, and an author only drafts": async () => {
    await story("rita", "#/posts", {}, async (who, page) => {
      await table(page).waitFor();
      assert.equal(await page.getByRole("link", {name: "New post"}).count(), 0);
      assert.equal(await page.getByRole("checkbox").count(), 0);
      await isAccessible(who);
    });
    await story("otto", "#/new/posts", {}, async (who, page) => {
      await page.getByRole("textbox", {name: "Title"}).fill("Otto's own");
      assert.equal(await page.getByRole("radio").count(), 0);
      await page.getByRole("button", {name: "Create and write"}).click();
      await page.waitForURL(/#\/edit\/drafts\/ottos?-s?-?own$/);
    });
  },
  "an author proposes from the list what others then look at": () => story("otto", "#/posts?tag=log&sort=title", {}, async (who, page) => {
    const head = house.head();
    await page.getByRole("checkbox", {name: "Choose Log 020"}).click();
    await page.getByRole("checkbox", {name: "Choose Log 021"}).click();
    await isAccessible(who);
    assert.equal(await page.getByRole("button", {name: "Unpublish"}).count(), 0);
    await page.getByRole("button", {name: "Add tag"}).click();
    await page.getByRole("dialog", {name: "Add tag"}).getByLabel("Tag").fill("proposed");
    await page.keyboard.press("Enter");
    await page.getByText("It is in a change of its own now.").waitFor();
    assert.equal(house.head(), head);
    await page.getByRole("link", {name: "See the change"}).click();
    await page.getByRole("heading", {name: "Tag 2 entries with proposed"}).waitFor();
    const id = page.url().split("/").pop();
    assert.equal(house.git("diff", "--name-only", `main...change/${id}`).trim().split("\n").length, 2);
  }),
  "where others look at changes first, an editor's lists and new pages make changes of their own": async () => {
    const reviewed = config.replace(/^stet:$/m, "stet:\n  review: {approvals: 1}");
    assert.match(reviewed, /approvals: 1/);
    const site = await openHouse(stet, exampleFolder, {files: {"_config.yml": reviewed}});
    const who = await person(site, "eda", "#/posts");
    who.allow(/status of 401/);
    const {page} = who;
    const head = site.head();
    const files = (id) => site.git("diff", "--name-status", `main...change/${id}`).trim();
    const list = async (hash) => {
      await who.go(hash);
      await page.reload(); // without what was said before
    };
    const changed = async (title) => {
      await page.getByText("It is in a change of its own now.").waitFor();
      await page.getByRole("link", {name: "See the change"}).click();
      await page.getByRole("heading", {name: title}).waitFor();
      return page.url().split("/").pop();
    };
    await act(page, "What to bring", "Unpublish");
    assert.match(files(await changed("Unpublish “What to bring”")), /^M\t_posts\/2025-09-02-what-to-bring\.md$/);
    await list("#/posts");
    await act(page, "What to bring", "Rename");
    const dialog = page.getByRole("dialog", {name: "Rename or move “What to bring”"});
    await dialog.getByText("Readers see it once somebody who may publish has looked at it.").waitFor();
    await dialog.getByLabel("Name in the address").fill("what-to-pack");
    await isAccessible(who);
    await dialog.getByRole("button", {name: "Rename"}).click();
    assert.match(files(await changed("Rename “What to bring”")), /what-to-pack/);
    await list("#/posts");
    await act(page, "What to bring", "Delete");
    assert.match(files(await changed("Delete “What to bring”")), /^D\t_posts\/2025-09-02-what-to-bring\.md$/m);
    await list("#/drafts");
    await act(page, "Thanks to everyone who came", "Publish");
    assert.match(files(await changed("Publish “Thanks to everyone who came”")), /_posts\/\S+thanks-to-everyone\.md/);
    await who.go("#/new/pages");
    await page.getByRole("textbox", {name: "Title"}).fill("How to get here");
    await page.getByText("Readers see it once somebody who may publish has looked at it.").waitFor();
    await isAccessible(who);
    await page.getByRole("button", {name: "Create and write"}).click();
    await page.waitForURL(/#\/edit\/pages\/\S+\?change=/);
    await page.getByText("How to get here").first().waitFor();
    assert.equal(site.head(), head);
    await who.leave();
    await site.close();
  },
  "on a phone rows are cards, and nothing goes sideways": () => story("eda", "#/posts", {viewport: phone}, async (who, page) => {
    await table(page).waitFor();
    assert.ok(await isNarrow(page));
    assert.equal(await page.getByLabel("Tag", {exact: true}).isVisible(), false);
    await who.shot("phone-posts");
    await page.getByRole("button", {name: "Filters"}).click();
    await page.getByLabel("Tag", {exact: true}).selectOption("surveying");
    await page.getByRole("button", {name: "Filters (1)"}).waitFor();
    await total(page, "2 entries");
    await table(page).getByRole("checkbox").last().check();
    await isAccessible(who);
    assert.ok(await isNarrow(page));
    await who.shot("phone-chosen");
    await who.go("#/new/posts");
    await page.getByRole("textbox", {name: "Title"}).fill("On the way");
    assert.ok(await isNarrow(page));
    await who.shot("phone-new");
  }),
  "the list in Persian, from right to left": () => story("eda", "#/posts", {}, async (who, page) => {
    await page.getByLabel("Language").selectOption("fa");
    await page.getByRole("heading", {name: "نوشته‌ها", level: 1}).waitFor();
    await page.getByRole("table", {name: "فهرست"}).waitFor();
    await who.shot("persian-posts");
    await isAccessible(who);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", {name: "رفتن یا انجام دادن"}).waitFor();
    await who.shot("persian-palette");
  }),
  "a site without posts says what to do; a list that is waited for, and one that does not come, say so": async () => {
    const empty = await openHouse(stet, exampleFolder, {example: false, files: {"_config.yml": "title: New\n"}});
    after.push(empty.close);
    const who = await person(empty, "eda", "#/posts");
    const {page} = who;
    who.allow(unsigned);
    who.allow(/ERR_FAILED/);
    await page.getByText("No posts yet").waitFor();
    assert.equal(await page.getByRole("link", {name: "New post"}).count(), 2);
    await who.shot("empty");
    await isAccessible(who);
    let go;
    const held = new Promise((resolve) => (go = resolve));
    await page.route("**/api/v1/pages?*", async (route) => {
      await held;
      await route.abort();
    });
    await who.go("#/pages");
    await page.getByRole("status").getByText("Loading…").waitFor({state: "attached"});
    await page.locator(".bars").waitFor();
    await who.shot("loading");
    go();
    await page.getByRole("alert").getByText("The server cannot be reached.").waitFor();
    await who.shot("unreachable");
    await isAccessible(who);
    await page.unroute("**/api/v1/pages?*");
    await page.getByRole("button", {name: "Try again"}).click();
    await page.getByText("No pages yet").waitFor();
    await who.leave();
  },
  "the first page is under 60 kB": async () => {
    const sizes = new Map(), asked = [];
    const who = await person(house, "eda", "#/posts");
    who.allow(unsigned);
    await table(who.page).waitFor();
    const isLater = /\/choices-|\.svg$/; // what filters offer, which comes after the rows; the browser's own picture of the page
    who.page.on("response", (response) => {
      const {pathname} = new URL(response.url());
      if (pathname.startsWith("/admin/") && !isLater.test(pathname)) asked.push([pathname, response.body()]);
    });
    await who.page.reload({waitUntil: "commit"});
    await table(who.page).getByRole("link").first().waitFor();
    for (const [name, body] of [...asked]) sizes.set(name, gzipSync(await body, {level: 6}).length);
    const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    console.log(`   first page: ${(all / 1000).toFixed(1)} kB gzipped in ${sizes.size} files`);
    assert.ok(sizes.size >= 3, String(sizes.size));
    assert.ok(all < 60_000, JSON.stringify([...sizes]));
    await who.leave();
  },
  "ten thousand posts are listed, searched and paged": async () => {
    const words = "harbour map tide chart boat rope wall stone water county tiles workshop people room morning paper survey ferry gull pier".split(" ");
    const many = {};
    for (let n = 0; n < 10_000; ++n) {
      const day = `${2010 + n % 15}-${String(1 + n % 12).padStart(2, "0")}-${String(1 + n % 28).padStart(2, "0")}`;
      many[`_posts/${day.slice(0, 4)}/${day}-note-${n}.md`] = `---\ntitle: Note ${n} of the ${words[n % 20]}\nauthor: Author ${n % 12}\n` +
        `tags: [${words[n % 20]}]\n---\n${Array.from({length: 30}, (_, k) => words[(n * 31 + k * 17) % 20]).join(" ")}\n`;
    }
    const large = await openHouse(stet, exampleFolder, {files: many});
    after.push(large.close);
    const who = await person(large, "eda", "#/posts");
    const {page} = who;
    who.allow(unsigned);
    await total(page, "10,008 entries");
    await page.reload({waitUntil: "commit"});
    await page.getByRole("link", {name: "What to bring"}).waitFor();
    console.log(`   first page usable ${await page.evaluate(() => Math.round(performance.now()))} ms after it was asked for`);
    await page.getByLabel("Year", {exact: true}).locator("option", {hasText: "2012 (667)"}).waitFor({state: "attached"});
    await page.getByLabel("Tag", {exact: true}).selectOption("gull");
    await total(page, "500 entries");
    // What is searched is made ready behind the start; until then the screen asks again by itself.
    who.allow(/status of 503/);
    await page.getByRole("searchbox", {name: "Search posts"}).fill("gull");
    await page.locator("mark").first().waitFor({timeout: 60_000});
    await settled(page);
    await page.evaluate(() => performance.clearResourceTimings());
    const begun = Date.now();
    await page.getByRole("searchbox", {name: "Search posts"}).fill("Note 4998");
    await page.getByRole("link", {name: "Note 4998 of the gull"}).waitFor();
    const took = await page.evaluate(() => performance.getEntriesByType("resource").filter(({name}) => /\/api\/v1\/(posts|search)\?/.test(name))
      .map(({name, duration}) => [/v1\/(\w+)/.exec(name)[1], Math.round(duration)]));
    for (const of of ["posts", "search"]) {
      const times = took.filter(([name]) => name === of).map(([, time]) => time).sort((a, b) => a - b);
      console.log(`   ${of}: ${times.length} answers, median ${times[times.length >> 1]} ms, slowest ${times.at(-1)} ms`);
    }
    console.log(`   from the last key to the found row on the screen: ${Date.now() - begun} ms`);
    await who.leave();
  },
}, async () => {
  for (const close of after) await close();
});
