// One entry that is edited: its form, saving, what others do meanwhile, what is kept, how it will look.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import {exampleFolder, isAccessible, person, phone, stet, tell} from "./browser.mjs";
import {changeBar, frameOf, open, retitle, save, state, surface, title, typeAtEnd} from "./desk.mjs";
import {openHouse, password, patience} from "./house.mjs";

const schema = `
  collections:
    posts:
      fields:
        - {name: title, type: text, required: true, max_length: 60}
        - {name: summary, type: markdown, help: One or two sentences.}
        - {name: date, type: date}
        - {name: pinned, type: boolean, label: On top of the list}
        - {name: weight, type: number, integer: true, max: 10}
        - {name: tags, type: tags}
        - {name: status, type: select, options: [new, {value: old, label: From before}]}
        - {name: image, type: image}
        - {name: speaker, type: reference, collection: speakers}
        - {name: links, type: list, of: {type: object, fields: [{name: label, type: text}, {name: url, type: text}]}}
        - {name: place, type: object, fields: [{name: town, type: text}, {name: seats, type: number}]}
`;
const config = fs.readFileSync(path.join(exampleFolder, "_config.yml"), "utf8") + schema.slice(1);
const whole = `---
# kept
title: Everything   # of it
date: 2025-07-02 10:00:00 -0300
pinned: false
weight: 3
tags: [practical]
status: new
links:
  - label: One
    url: https://one.example/
place: {town: Brackwater, seats: 40}
mood: calm # nobody's field
---
First paragraph.

Second paragraph.

Third paragraph.
`;
const plain = (title, body = "First paragraph.\n\nSecond paragraph.\n\nThird paragraph.\n") => `---\ntitle: ${title}\ntags: [a]\n---\n${body}`;
const names = ["alone", "shared", "clash", "pushed", "kept", "tabs", "ended", "offline", "proposed", "shown", "gone", "pictured", "left", "refused", "hung"];
const posts = Object.fromEntries(names.map((name) => [`_posts/2025-05-01-${name}.md`, plain(name[0].toUpperCase() + name.slice(1))]));
const long = Array.from({length: 60}, (_, n) => `Paragraph ${n + 1} of a long text.\n`).join("\n");
const house = await openHouse(stet, exampleFolder, {files: {
  "_config.yml": config, "_posts/2025-05-01-whole.md": whole, ...posts, "_posts/2025-05-01-long.md": plain("Long", long),
}});
const file = (name) => house.file(`_posts/2025-05-01-${name}.md`).toString();
const expected = /status of (401|409|412|422)/; // answers that the stories ask for; Chromium tells the console of them

async function story(name, to, run, options = {}) {
  const who = await person(house, name, "#/account", options);
  who.allow(expected);
  if (to) await open(who, `posts/2025-05-01-${to}`);
  await run(who);
  await who.leave();
}

async function typeAtStart(page, text) {
  await surface(page).focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type(text);
}

// Until the browser's answer is true; waitForFunction takes a promise for true.
async function until(page, question, about) {
  for (const end = Date.now() + patience; !(await page.evaluate(question, about));) {
    assert.ok(Date.now() < end, `it never comes to be: ${question}`);
    await page.waitForTimeout(50);
  }
}

// Until the browser holds a draft that says so.
const isKept = (page, text) => until(page, (wanted) => new Promise((resolve) => {
  const request = indexedDB.open("stet", 1);
  request.onerror = () => resolve(false);
  request.onsuccess = () => {
    const database = request.result;
    if (!database.objectStoreNames.contains("drafts")) return resolve((database.close(), false));
    const all = database.transaction("drafts").objectStore("drafts").getAll();
    all.onsuccess = () => resolve((database.close(), all.result.some((draft) => JSON.stringify(draft.mine).includes(wanted))));
  };
}), text);

// The browser's storage cannot be opened so many times, once the page is loaded anew.
const refuseStorage = (page, times) => page.addInitScript((left) => {
  const {open} = IDBFactory.prototype;
  IDBFactory.prototype.open = function (...asked) {
    if (left-- > 0) throw new DOMException("Internal error opening backing store", "UnknownError");
    return open.apply(this, asked);
  };
}, times);

// Until the page of the preview has been where it is for half a second.
const isStill = (page) => page.waitForFunction(() => {
  const {scrollY} = document.querySelector("iframe[title='Preview of the page']").contentWindow;
  window.stillFor = window.stillAt === scrollY ? (window.stillFor ?? 0) + 1 : 0;
  window.stillAt = scrollY;
  return window.stillFor > 4 && scrollY > 0;
}, null, {polling: 100});

async function isNarrowEnough(page) {
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "it scrolls sideways");
}

await tell({
  "each kind of field is edited, and nothing else changes": () => story("eda", "whole", async (who) => {
    const {page} = who;
    const details = page.getByRole("tabpanel", {name: "Details"});
    await isAccessible(who);
    await who.shot("entry-details");
    await page.getByRole("group", {name: "Date"}).getByText("In America/Halifax (-0300)").waitFor();
    await details.getByLabel("Date: Day", {exact: true}).fill("2025-12-02");
    await page.getByRole("group", {name: "Date"}).getByText("In America/Halifax (-0400)").waitFor();
    await details.getByLabel("On top of the list", {exact: true}).check();
    await details.getByLabel("Weight", {exact: true}).fill("4");
    await details.getByLabel("Status", {exact: true}).selectOption("From before");
    await details.getByLabel("Town", {exact: true}).fill("Saltstrand");
    await details.getByLabel("Summary", {exact: true}).fill("Short.");
    const tags = details.getByRole("combobox", {name: "Add to Tags"});
    await tags.pressSequentially("announce");
    await details.getByRole("option", {name: /announcement used \d+ times/}).waitFor();
    await tags.press("ArrowDown");
    await tags.press("Enter");
    await tags.pressSequentially("fresh");
    await tags.press("Enter");
    await details.getByRole("button", {name: "Add to Links", exact: true}).click();
    const second = details.getByRole("group", {name: "Links 2"});
    await second.getByLabel("Label", {exact: true}).fill("Two");
    await second.getByLabel("Url", {exact: true}).fill("https://two.example/");
    const speaker = details.getByRole("combobox", {name: "Speaker"});
    await speaker.pressSequentially("wexc");
    await page.waitForFunction(() => document.querySelectorAll("ul[aria-label=Speaker] [role=option]").length === 1);
    await speaker.press("ArrowDown");
    await speaker.press("Enter");
    await details.getByText("Not among the site’s own fields; kept as it is.").waitFor();
    await details.getByLabel("Mood", {exact: true}).fill("glad");
    await save(page);
    assert.equal(file("whole"), whole
      .replace("2025-07-02 10:00:00 -0300", "2025-12-02 10:00:00 -0400").replace("pinned: false", "pinned: true").replace("weight: 3", "weight: 4")
      .replace("tags: [practical]", "tags: [practical, announcement, fresh]").replace("status: new", "status: old")
      .replace("    url: https://one.example/\n", "    url: https://one.example/\n  - label: Two\n    url: https://two.example/\n")
      .replace("town: Brackwater", "town: Saltstrand").replace("mood: calm # nobody's field\n", "mood: glad # nobody's field\nsummary: Short.\nspeaker: petra-wexcombe\n"));
  }),
  "a field is added, and one is removed": () => story("eda", "alone", async ({page}) => {
    const details = page.getByRole("tabpanel", {name: "Details"});
    await details.getByRole("button", {name: "Add a detail"}).click();
    await page.getByRole("textbox", {name: "Its name"}).fill("subtitle");
    await page.getByLabel("What it is").selectOption("Text");
    await page.getByRole("button", {name: "Add", exact: true}).click();
    await details.getByLabel("Subtitle", {exact: true}).fill("Below it");
    await details.getByRole("button", {name: "Remove Tags"}).click();
    await save(page);
    assert.deepEqual(house.lastDiff(), ["-tags: [a]", "+subtitle: Below it"]);
  }),
  "what the server finds wrong stands at the field, and nothing is lost": () => story("eda", "whole", async (who) => {
    const {page} = who, head = house.head();
    await page.getByLabel("Weight", {exact: true}).fill("400");
    await retitle(page, "A title that is much longer than the sixty letters that the site allows for one");
    await page.keyboard.press("Control+s");
    const weight = page.getByLabel("Weight", {exact: true});
    await page.waitForFunction(() => document.querySelectorAll("[aria-invalid=true]").length === 2);
    assert.equal(await weight.getAttribute("aria-invalid"), "true");
    assert.match(await page.evaluate(() => document.getElementById(document.querySelector("input[type=number][aria-invalid]").getAttribute("aria-describedby").split(" ").at(-1)).textContent), /10/);
    assert.equal(await weight.inputValue(), "400");
    assert.equal(house.head(), head);
    await isAccessible(who);
    await who.shot("entry-faults");
    await weight.fill("5");
    await retitle(page, "Everything");
    await save(page);
    assert.match(house.lastDiff().join(" "), /^-weight: [34] \+weight: 5$/);
  }),
  "saving says what was done, in one's own words or good ones, and leads to the page": () => story("eda", "alone", async ({page, context}) => {
    await typeAtEnd(page, "More.");
    await save(page);
    assert.equal(house.git("log", "-1", "--format=%s").trim(), "Edit “Alone”");
    assert.equal(house.git("log", "-1", "--format=%an").trim(), "eda");
    const opened = context.waitForEvent("page");
    await page.getByRole("link", {name: "See the page"}).first().click();
    const live = await opened;
    await live.getByText("More.").waitFor();
    assert.ok(live.url().startsWith(house.site));
    await live.close();
    await typeAtEnd(page, " And more.");
    await page.getByLabel("What you have done").fill("Add what was missing");
    await page.keyboard.press("Enter");
    await state(page, "Saved and live");
    assert.equal(house.git("log", "-1", "--format=%s").trim(), "Add what was missing");
  }),
  "two people at other fields: both are kept, each is told": () => story("eda", "shared", async (eda) => story("mira", "shared", async (mira) => {
    await eda.page.getByRole("status").filter({hasText: "mira has this open too."}).waitFor();
    await mira.page.getByRole("status").filter({hasText: "eda has this open too."}).waitFor();
    await typeAtEnd(eda.page, "By Eda.");
    await retitle(mira.page, "Shared by two");
    await save(mira.page);
    await eda.page.getByText("mira has just saved this.").waitFor();
    await isAccessible(eda);
    await eda.shot("entry-incoming");
    await save(eda.page);
    await eda.page.getByText(/mira changed Title; kept together with yours/).waitFor();
    assert.equal(await title(eda.page).inputValue(), "Shared by two");
    assert.equal(file("shared"), plain("Shared by two") + "By Eda.");
    await mira.page.getByText("eda has just saved this.").waitFor();
    await mira.page.getByRole("button", {name: "Take it in"}).click();
    await surface(mira.page).getByText("By Eda.").waitFor();
    assert.equal(await mira.page.getByText("eda has just saved this.").count(), 0);
  })),
  "two people at the same: three panes by field, decided by keyboard, and nothing lost": () => story("eda", "clash", async (eda) => {
    await house.api("PATCH", "/posts/2025-05-01-clash", {front_matter: {title: "Theirs", tags: ["a", "b"]}, body: "First paragraph, theirs.\n\nSecond paragraph.\n\nThird paragraph.\n"}, {"if-match": "*"});
    const {page} = eda;
    await retitle(page, "Mine");
    await typeAtStart(page, "Mine: ");
    await page.keyboard.press("Control+s");
    const dialog = page.getByRole("dialog", {name: "You and somebody else have changed the same"});
    await dialog.waitFor();
    await dialog.getByText("2 choices").waitFor();
    const own = dialog.getByRole("region", {name: "Title"});
    for (const [name, text] of [[/^Yours$/, "Mine"], [/^Theirs, saved/, "Theirs"], [/^Before$/, "Clash"]]) {
      await own.getByRole("heading", {name}).waitFor();
      await own.getByText(text, {exact: true}).first().waitFor();
    }
    await isAccessible(eda);
    await eda.shot("entry-conflict");
    const take = own.getByRole("button", {name: /^Take theirs ?: Title/});
    await take.focus();
    await page.keyboard.press("Enter");
    assert.equal(await take.getAttribute("aria-pressed"), "true");
    const text = dialog.getByRole("region", {name: "In the text"});
    await text.getByRole("button", {name: /^Take both, and edit/}).press("Enter");
    assert.equal(await text.getByRole("textbox").inputValue(), "Mine: First paragraph.\nFirst paragraph, theirs.\n");
    await dialog.getByRole("button", {name: "Go on with this"}).press("Enter");
    await dialog.waitFor({state: "detached"});
    assert.equal(await title(page).inputValue(), "Theirs");
    await save(page);
    assert.equal(file("clash"), plain("Theirs", "Mine: First paragraph.\nFirst paragraph, theirs.\n\nSecond paragraph.\n\nThird paragraph.\n").replace("[a]", "[a, b]"));
  }),
  "a conflict can be put off, and nothing of one's own is gone": () => story("eda", "clash", async ({page}) => {
    await house.api("PATCH", "/posts/2025-05-01-clash", {front_matter: {title: "Theirs again"}}, {"if-match": "*"});
    await retitle(page, "Mine again");
    await page.keyboard.press("Control+s");
    await page.getByRole("dialog").getByRole("button", {name: "Back to writing"}).click();
    assert.equal(await title(page).inputValue(), "Mine again");
    await page.getByRole("button", {name: "See what changed"}).click();
    await page.getByRole("dialog", {name: "See what changed"}).getByText("Theirs again").waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+s");
    await page.getByRole("dialog").getByRole("button", {name: "Go on with this"}).click();
    await save(page);
    assert.deepEqual(house.lastDiff(), ["-title: Theirs again", "+title: Mine again"]);
  }),
  "a push that arrives while one writes is said at once, and taken in": () => story("eda", "pushed", async ({page}) => {
    await typeAtEnd(page, "Typed here.");
    house.push({"_posts/2025-05-01-pushed.md": plain("Pushed").replace("[a]", "[a, pushed]").replace("First", "The first")});
    await page.getByText("Tests has just saved this.").waitFor();
    await page.getByText("Changed: Tags and Text.").waitFor();
    await page.getByRole("button", {name: "Take it in"}).click();
    await page.getByText("Taken in.").waitFor();
    await page.getByRole("list", {name: "Tags"}).getByText("pushed").waitFor();
    await save(page);
    assert.deepEqual(house.lastDiff(), ["+Typed here."]);
  }),
  "what is typed is kept in the browser, offered after a crash with what changed since, and let go of when saved": () => story("eda", "kept", async (who) => {
    const {page, context} = who;
    await typeAtEnd(page, "Not saved yet.");
    await isKept(page, "Not saved yet.");
    await page.close();
    house.push({"_posts/2025-05-01-kept.md": plain("Kept, retitled")});
    const next = await context.newPage();
    await next.goto(`${house.admin}/admin/#/edit/posts/2025-05-01-kept`);
    await next.getByText(/You have unsaved work here/).waitFor();
    await next.getByText("The entry has changed since: Title.").waitFor();
    await next.getByRole("button", {name: "See it"}).click();
    await next.getByRole("dialog").getByText("Not saved yet.").waitFor();
    await next.keyboard.press("Escape");
    await next.getByRole("button", {name: "Go on with it"}).click();
    await surface(next).getByText("Not saved yet.").waitFor();
    await save(next);
    assert.equal(file("kept"), plain("Kept, retitled") + "Not saved yet.");
    await next.reload();
    await surface(next).waitFor();
    await next.getByRole("status").filter({hasText: "Saved"}).first().waitFor();
    await until(next, () => new Promise((resolve) => {
      const request = indexedDB.open("stet", 1);
      request.onsuccess = () => {
        const all = request.result.transaction("drafts").objectStore("drafts").count();
        all.onsuccess = () => resolve((request.result.close(), all.result === 0));
      };
    }));
    assert.equal(await next.getByText(/You have unsaved work here/).count(), 0);
  }, {hasProfile: true}),
  "a browser whose storage is refused at first shows what was kept a little later": () => story("eda", "refused", async ({page, context}) => {
    await typeAtEnd(page, "Kept before.");
    await isKept(page, "Kept before.");
    await page.close();
    const next = await context.newPage();
    await refuseStorage(next, 2);
    await next.goto(`${house.admin}/admin/#/edit/posts/2025-05-01-refused`);
    await next.getByText(/You have unsaved work here/).waitFor();
    await next.getByRole("button", {name: "Go on with it"}).click();
    await save(next);
    assert.deepEqual(house.lastDiff(), ["+Kept before."]);
  }, {hasProfile: true}),
  "what was kept is not written over where the browser's storage is refused for long": () => story("eda", "refused", async ({page}) => {
    await typeAtEnd(page, "Before the crash.");
    await isKept(page, "Before the crash.");
    await refuseStorage(page, 5); // four times the editor asks by itself
    const isTold = page.waitForEvent("console", (message) => message.text().startsWith("the browser shows no drafts"));
    await page.reload();
    await surface(page).waitFor();
    await isTold;
    await typeAtEnd(page, "Typed since.");
    await page.getByText(/You have unsaved work here/).waitFor();
    await page.getByRole("button", {name: "See it"}).click();
    await page.getByRole("dialog").getByText("Before the crash.").waitFor();
    await page.keyboard.press("Escape");
    await save(page);
    assert.deepEqual(house.lastDiff(), ["-Kept before.", "+Kept before.Typed since."]);
  }, {hasProfile: true}),
  "one writes and saves where the browser's storage never answers": () => story("eda", null, async ({page}) => {
    await page.addInitScript(() => { IDBFactory.prototype.open = () => ({}); });
    await page.goto(`${house.admin}/admin/#/edit/posts/2025-05-01-hung`);
    await page.reload(); // the address alone would not have loaded the page anew
    await typeAtEnd(page, "Saved all the same.");
    await save(page);
    assert.deepEqual(house.lastDiff(), ["+Saved all the same."]);
  }),
  "two tabs of one person know of one another, and keep their own": () => story("eda", "tabs", async ({page, context}) => {
    const other = await context.newPage();
    await other.goto(`${house.admin}/admin/#/edit/posts/2025-05-01-tabs`);
    await surface(other).waitFor();
    await other.getByText("You have this open in another tab too.").waitFor();
    await page.getByText("You have this open in another tab too.").waitFor();
    await typeAtEnd(page, "In one.");
    await typeAtStart(other, "In the other. ");
    await isKept(page, "In one.");
    await isKept(page, "In the other.");
    await save(other);
    await page.getByText(/has just saved this/).waitFor();
    await save(page);
    assert.equal(file("tabs"), plain("Tabs", "In the other. First paragraph.\n\nSecond paragraph.\n\nThird paragraph.\nIn one."));
  }),
  "unsaved work of a tab that is still open is offered when that is closed": () => story("eda", "tabs", async ({page, context}) => {
    await typeAtEnd(page, "Nowhere else.");
    await isKept(page, "Nowhere else.");
    const other = await context.newPage();
    await other.goto(`${house.admin}/admin/#/edit/posts/2025-05-01-tabs`);
    await surface(other).waitFor();
    await other.getByText("You have this open in another tab too.").waitFor();
    assert.equal(await other.getByText(/You have unsaved work here/).count(), 0);
    await page.close();
    await other.getByText(/You have unsaved work here/).waitFor();
    await typeAtStart(other, "Typed since. ");
    await other.getByRole("button", {name: "Go on with it"}).click();
    const asked = other.getByRole("dialog", {name: "Give up what is not saved?"});
    await asked.getByRole("button", {name: "Cancel"}).click();
    await surface(other).getByText("Typed since.").waitFor();
    await other.getByRole("button", {name: "Go on with it"}).click();
    await asked.getByRole("button", {name: "Go on with it"}).click();
    await surface(other).getByText("Nowhere else.").waitFor();
    await save(other);
    assert.deepEqual(house.lastDiff(), ["-In one.", "+In one.Nowhere else."]);
  }, {hasProfile: true}),
  "a session that ends in mid-edit asks for the password in place, and then saves": () => story("eda", "ended", async (who) => {
    const {page, context} = who;
    await typeAtEnd(page, "Before the end.");
    await context.clearCookies();
    await page.keyboard.press("Control+s");
    const dialog = page.getByRole("dialog", {name: "You have been signed out"});
    await dialog.getByLabel("Password").fill(password);
    await dialog.getByRole("button", {name: "Sign in"}).click();
    await state(page, "Saved and live");
    assert.deepEqual(house.lastDiff(), ["+Before the end."]);
  }),
  "without the server what one saves waits, and is saved when it is back": () => story("eda", "offline", async (who) => {
    const {page, context} = who, head = house.head();
    who.allow(/ERR_INTERNET_DISCONNECTED|Failed to load resource: net/);
    await typeAtEnd(page, "Written in a tunnel.");
    await context.setOffline(true);
    await page.keyboard.press("Control+s");
    await state(page, "Kept in this browser; saved when the server is back");
    await isKept(page, "Written in a tunnel.");
    await isAccessible(who);
    assert.equal(house.head(), head);
    await context.setOffline(false);
    await state(page, "Saved and live");
    assert.deepEqual(house.lastDiff(), ["+Written in a tunnel."]);
  }),
  "whoever may not publish saves in a change, and goes on in it": () => story("otto", "proposed", async (who) => {
    const {page} = who, head = house.head();
    await typeAtEnd(page, "Proposed.");
    await page.getByRole("button", {name: "Save in a change"}).click();
    await changeBar(page).getByText("readers do not see it yet").waitFor();
    await surface(page).getByText("Proposed.").waitFor();
    assert.equal(house.head(), head);
    const id = new URL(page.url()).hash.split("change=")[1];
    assert.deepEqual(house.git("log", "--format=%s", `main..change/${id}`).trim().split("\n")[0], "Edit “Proposed”");
    await typeAtStart(page, "Again: ");
    await save(page, "Saved in the change");
    assert.match(house.file("_posts/2025-05-01-proposed.md", `change/${id}`).toString(), /Again: First[^]*Proposed\.$/);
    assert.equal(house.head(), head);
    await isAccessible(who);
  }),
  "an editor may save as a draft in a change too": () => story("eda", "shown", async ({page}) => {
    const head = house.head();
    await typeAtEnd(page, "For later.");
    await page.getByRole("button", {name: "Other ways to save"}).click();
    let answer;
    const held = new Promise((resolve) => { answer = resolve; });
    await page.route("**/api/v1/commits*", async (route) => { await held; await route.continue(); }, {times: 1});
    await page.getByRole("menuitem", {name: "Save as a draft, in a change"}).click();
    await page.locator(".panes[inert]").waitFor(); // what would be typed now would be in neither
    answer();
    await changeBar(page).getByText("readers do not see it yet").waitFor();
    assert.equal(house.head(), head);
  }),
  "whoever may only read is told so": () => story("rita", "shown", async ({page}) => {
    await page.getByText("You may read this, but not change it.").waitFor();
    assert.equal(await page.getByRole("button", {name: "Save", exact: true}).count(), 0);
    assert.ok(await title(page).evaluate((element) => element.readOnly));
  }),
  "an entry that somebody deletes can be brought back with what one has": () => story("eda", "gone", async ({page}) => {
    await typeAtEnd(page, "Still here.");
    await house.api("DELETE", "/posts/2025-05-01-gone", null, {"if-match": "*"});
    await page.getByText("Somebody has deleted this entry.").waitFor();
    let answer;
    const held = new Promise((resolve) => { answer = resolve; });
    await page.route("**/api/v1/commits*", async (route) => { await held; await route.continue(); }, {times: 1});
    await page.getByRole("button", {name: "Bring it back"}).click();
    await typeAtEnd(page, "And more.");
    answer();
    await page.getByText("Saved. It is live.").waitFor();
    assert.match(file("gone"), /^---\ntitle: Gone\ntags:[^]*Third paragraph\.\nStill here\.$/);
    await surface(page).getByText("And more.").waitFor(); // typed meanwhile, and still to be saved
    const head = house.head();
    await page.keyboard.press("Control+s");
    await house.landed(head);
    assert.match(file("gone"), /Still here\.And more\.$/);
  }),
  "one does not leave without saving by mistake": () => story("eda", "left", async (who) => {
    const {page} = who;
    await typeAtEnd(page, "Typed.");
    await who.go("#/account");
    const dialog = page.getByRole("dialog", {name: "Leave without saving?"});
    await dialog.getByRole("button", {name: "Stay"}).click();
    await surface(page).getByText("Typed.").waitFor();
    await who.go("#/account");
    await dialog.getByRole("button", {name: "Leave"}).click();
    await surface(page).waitFor({state: "detached"});
    await open(who, "posts/2025-05-01-left");
    await page.getByText(/You have unsaved work here/).waitFor();
    await page.getByRole("button", {name: "Throw it away"}).click();
    await page.getByRole("dialog").getByRole("button", {name: "Throw it away"}).click();
    await page.getByText(/You have unsaved work here/).waitFor({state: "detached"});
  }),
  "a picture is uploaded through its field": () => story("eda", "pictured", async (who) => {
    const {page} = who;
    const details = page.getByRole("tabpanel", {name: "Details"});
    await details.getByRole("button", {name: /^Choose a picture/}).click();
    const dialog = page.getByRole("dialog");
    const bytes = fs.readFileSync(path.join(exampleFolder, "assets/images/relief.png"));
    await dialog.locator("input[type=file]").setInputFiles({name: "Our harbour.png", mimeType: "image/png", buffer: Buffer.concat([bytes, Buffer.from("x")])});
    const use = dialog.getByRole("button", {name: /^(Use|Choose|Take|Insert)/}).last();
    await use.click();
    await dialog.waitFor({state: "detached"});
    assert.match(await details.getByLabel("Its path", {exact: true}).inputValue(), /\.png$/);
    await save(page);
    assert.match(house.lastDiff("_posts/2025-05-01-pictured.md").join("\n"), /^\+image: \S+\.png$/);
  }),
  "the preview shows what is typed, in place, and keeps where one is": () => story("eda", "long", async (who) => {
    const {page} = who;
    await page.getByRole("tab", {name: "Preview"}).click();
    const frame = page.locator("iframe[title='Preview of the page']");
    assert.equal(await frame.getAttribute("sandbox"), "allow-same-origin");
    await frameOf(page).getByText("Paragraph 1 of a long text.").waitFor();
    const inside = await (await frame.elementHandle()).contentFrame();
    await frame.evaluate((element) => { element.contentWindow.kept = true; });
    await surface(page).focus();
    await page.keyboard.press("Control+Home");
    for (let n = 0; n < 40; ++n) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    await page.keyboard.type("Ty"); // which the page goes to
    await inside.getByText(/Ty/).waitFor();
    await isStill(page);
    const before = await frame.evaluate((element) => element.contentWindow.scrollY);
    await page.keyboard.type("ped");
    await inside.getByText(/Typed/).waitFor();
    assert.ok(await frame.evaluate((element) => element.contentWindow.kept), "the page was loaded anew");
    assert.ok(Math.abs((await frame.evaluate((element) => element.contentWindow.scrollY)) - before) < 60, "the page jumped");
    await retitle(page, "Long, retitled");
    await inside.getByRole("heading", {name: "Long, retitled"}).waitFor();
    await who.shot("entry-preview");
    await isAccessible(who);
    await page.getByRole("button", {name: "As on a phone"}).click();
    assert.equal(Math.round((await frame.boundingBox()).width), 390);
  }),
  "text and preview scroll in step": () => story("eda", "long", async ({page}) => {
    await page.getByRole("tab", {name: "Preview"}).click();
    const frame = page.locator("iframe[title='Preview of the page']");
    await frameOf(page).getByText("Paragraph 1 of a long text.").waitFor();
    await page.locator(".cm-scroller").hover();
    await page.mouse.wheel(0, 900);
    await page.waitForFunction(() => document.querySelector("iframe[title='Preview of the page']").contentWindow.scrollY > 300);
    await frame.hover();
    await page.mouse.wheel(0, 4000);
    await page.waitForFunction(() => {
      const scroller = document.querySelector(".cm-scroller");
      return scroller.scrollTop > 1200;
    });
  }),
  "what a template cannot make of the text is said, and the last good page stays": () => story("eda", "shown", async ({page}) => {
    await page.getByRole("tab", {name: "Preview"}).click();
    await frameOf(page).getByText("First paragraph.").waitFor();
    await typeAtEnd(page, "{% if %}");
    await page.getByText("The page cannot be shown with this text.").waitFor();
    await page.getByText(/Syntax Error in tag 'if'/).waitFor();
    await frameOf(page).getByText("First paragraph.").waitFor();
    for (let n = 0; n < 8; ++n) await page.keyboard.press("Backspace");
    await page.getByText("The page cannot be shown with this text.").waitFor({state: "detached"});
  }),
  "what else changes is told before saving": () => story("eda", "shown", async (who) => {
    const {page} = who;
    await page.getByRole("tab", {name: "What else changes"}).click();
    await page.getByText("Nothing is to be saved.").waitFor();
    await retitle(page, "Shown otherwise");
    await page.getByRole("link", {name: "/2025/05/01/shown/"}).waitFor();
    await page.getByRole("heading", {name: /\d+ pages change/}).waitFor();
    await isAccessible(who);
    await who.shot("entry-effects");
  }),
  "on a phone there are tabs, and nothing scrolls sideways": () => story("eda", "whole", async (who) => {
    const {page} = who;
    await isNarrowEnough(page);
    await isAccessible(who);
    await who.shot("entry-phone");
    await page.getByRole("tab", {name: "Write"}).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("tabpanel", {name: "Details"}).getByLabel("Weight", {exact: true}).waitFor();
    await isNarrowEnough(page);
    await isAccessible(who);
    await who.shot("entry-phone-details", true);
    await page.keyboard.press("ArrowRight");
    await frameOf(page).getByText("First paragraph.").waitFor();
    await isNarrowEnough(page);
    await who.shot("entry-phone-preview");
  }, {viewport: phone}),
  "in Persian it is turned around": () => story("eda", "whole", async (who) => {
    const {page} = who;
    await page.getByLabel("Language").selectOption("fa");
    await page.getByRole("tab", {name: "جزئیات"}).waitFor();
    await page.getByRole("button", {name: "ذخیره", exact: true}).waitFor();
    await isAccessible(who);
    await who.shot("entry-persian");
  }),
}, house.close);
