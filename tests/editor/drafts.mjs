// What readers do not see yet: drafts, and entries that are edited in a change.

import assert from "node:assert/strict";
import {exampleFolder, isAccessible, person, phone, stet, tell} from "./browser.mjs";
import {changeBar, frameOf, open, retitle, save, state, surface, typeAtEnd} from "./desk.mjs";
import {openHouse} from "./house.mjs";

const plain = (title, more = "") => `---\ntitle: ${title}\n${more}---\nFirst paragraph.\n`;
const house = await openHouse(stet, exampleFolder, {files: {
  "_drafts/shown.md": plain("Shown"), "_drafts/kept.md": plain("Kept", "author: otto\n"), "_drafts/ready.md": plain("Ready", "date: 2025-09-03\n"),
  "_drafts/taken.md": plain("Taken", "date: 2025-09-04\n"), "_posts/2025-09-04-taken.md": plain("Taken before"),
  "_posts/2025-05-01-hidden.md": plain("Hidden", "published: false\n"), "_posts/2025-05-01-reviewed.md": plain("Reviewed"), "_posts/2025-05-01-published.md": plain("Published"), "_posts/2025-05-01-told.md": plain("Told"),
}});
const expected = /status of (401|404|409|412|422)/; // answers that the stories ask for; Chromium tells the console of them
const file = (name, commit) => house.file(name, commit).toString();
const visit = (where) => fetch(`${house.site}${where}`);
const publish = (page) => page.getByRole("button", {name: "Publish", exact: true});

async function story(name, to, run, options = {}) {
  const who = await person(house, name, "#/account", options);
  who.allow(expected);
  await open(who, to);
  await run(who, who.page);
  await who.leave();
}

await tell({
  "a draft is shown as the post that it would be, and what is typed with it": () => story("otto", "drafts/shown", async (who, page) => {
    await page.getByRole("tab", {name: "Preview"}).click();
    await frameOf(page).getByRole("heading", {name: "Shown"}).waitFor();
    await page.getByText(/^\/\d{4}\/\d\d\/\d\d\/shown\/$/).waitFor();
    await typeAtEnd(page, "Typed.");
    await frameOf(page).getByText("Typed.").waitFor();
    await retitle(page, "Shown otherwise");
    await frameOf(page).getByRole("heading", {name: "Shown otherwise"}).waitFor();
    await isAccessible(who);
  }),
  "a draft that is saved is not said to be live": () => story("otto", "drafts/kept", async (who, page) => {
    await typeAtEnd(page, "More.");
    await save(page, "Saved");
    await page.getByText("Saved. Only people who work on the site see it.").waitFor();
    assert.equal(await page.getByText("Saved and live").count(), 0);
    assert.equal(await page.getByRole("link", {name: "See the page"}).count(), 0);
    assert.equal(file("_drafts/kept.md"), `${plain("Kept", "author: otto\n")}More.`);
    assert.equal(await publish(page).count(), 0, "an author publishes nothing");
  }),
  "what readers do not see is not said to be live when it is saved": () => story("eda", "posts/2025-05-01-hidden", async (who, page) => {
    await typeAtEnd(page, "More.");
    await page.keyboard.press("Control+s");
    await page.getByText("Saved. Only people who work on the site see it.").waitFor();
    assert.equal(await page.getByText("Saved and live").count(), 0);
    assert.deepEqual(house.lastDiff(), ["+More."]);
  }),
  "an author proposes edits of somebody else's draft": () => story("otto", "drafts/shown", async (who, page) => {
    const before = house.head();
    await typeAtEnd(page, "By an author.");
    await page.getByRole("button", {name: "Save in a change"}).click();
    await changeBar(page).getByRole("link", {name: "Edit “Shown”"}).waitFor();
    await surface(page).getByText("By an author.").waitFor();
    assert.equal(house.head(), before);
  }),
  "a draft is published where it is written, with what was not saved yet, and written on as a post": () => story("eda", "drafts/ready", async (who, page) => {
    await typeAtEnd(page, "The end.");
    await isAccessible(who);
    await who.shot("draft-wide");
    await publish(page).click();
    await page.getByText("It is published.").waitFor();
    await page.waitForURL(/#\/edit\/posts\/2025-09-03-ready$/);
    await surface(page).getByText("The end.").waitFor();
    assert.equal(file("_posts/2025-09-03-ready.md"), `${plain("Ready", "date: 2025-09-03\n")}The end.`);
    assert.throws(() => house.file("_drafts/ready.md"));
    assert.equal(house.git("log", "-2", "--format=%s").trim(), "Publish “Ready”\nEdit “Ready”");
    assert.match(await (await visit("/2025/09/03/ready/")).text(), /The end\./);
    assert.equal(await page.getByText("Somebody has deleted this entry.").count(), 0);
    assert.equal(await publish(page).count(), 0);
    await typeAtEnd(page, " And after.");
    await save(page);
    assert.deepEqual(house.lastDiff(), ["-The end.", "+The end. And after."]);
  }),
  "where a draft cannot be published it is said why, and nothing typed is lost": () => story("eda", "drafts/taken", async (who, page) => {
    await typeAtEnd(page, "Still here.");
    await publish(page).click();
    await page.getByRole("alert").getByText(/2025-09-04-taken/).first().waitFor();
    await surface(page).getByText("Still here.").waitFor();
    assert.match(page.url(), /#\/edit\/drafts\/taken$/);
    assert.equal(file("_posts/2025-09-04-taken.md"), plain("Taken before"));
    assert.equal(file("_drafts/taken.md"), `${plain("Taken", "date: 2025-09-04\n")}Still here.`);
    await isAccessible(who);
  }),
  "on a phone a draft has all its buttons, and nothing scrolls sideways": () => story("eda", "drafts/kept", async (who, page) => {
    await publish(page).waitFor();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await isAccessible(who);
    await who.shot("draft-phone");
  }, {viewport: phone}),
  "the menu leads to what the entry was before": () => story("eda", "posts/2025-05-01-told", async (who, page) => {
    await page.getByRole("button", {name: "More", exact: true}).click();
    await page.getByRole("menuitem", {name: "Earlier versions"}).click();
    await page.waitForURL(/#\/history\/_posts\/2025-05-01-told\.md$/);
    await page.getByRole("heading", {name: /Told|told/, level: 1}).waitFor();
    await page.getByText("The site as it was").first().waitFor();
  }),
  "an author is told in which change they write, and asks for a review of it there": () => story("otto", "posts/2025-05-01-reviewed", async (who, page) => {
    await typeAtEnd(page, "Proposed.");
    await page.getByRole("button", {name: "Save in a change"}).click();
    const bar = changeBar(page);
    await bar.getByRole("link", {name: "Edit “Reviewed”"}).waitFor();
    await bar.getByText("You are editing within this change: readers do not see it yet.").waitFor();
    assert.equal(await bar.getByRole("button", {name: "Publish"}).count(), 0);
    await isAccessible(who);
    await who.shot("entry-change");
    await bar.getByRole("button", {name: "Ask for review"}).click();
    await bar.getByText("Waiting for review").waitFor();
    const [change] = (await house.api("GET", "/changes")).items;
    assert.ok(change.wants_review);
    await bar.getByRole("button", {name: "Leave the change"}).click();
    await page.waitForURL(/#\/edit\/posts\/2025-05-01-reviewed$/);
    await surface(page).getByText("First paragraph.").waitFor();
    await surface(page).getByText("Proposed.").waitFor({state: "detached"});
    assert.equal(await bar.count(), 0);
  }),
  "a change is published from where it is written, and one goes on with what is live": () => story("eda", "posts/2025-05-01-published", async (who, page) => {
    await typeAtEnd(page, "Changed.");
    await page.getByRole("button", {name: "Other ways to save"}).click();
    await page.getByRole("menuitem", {name: "Save as a draft, in a change"}).click();
    await changeBar(page).getByRole("button", {name: "Publish"}).click();
    await page.getByRole("dialog", {name: /^Publish/}).getByRole("button", {name: "Publish now"}).click();
    await page.waitForURL(/#\/edit\/posts\/2025-05-01-published$/);
    await surface(page).getByText("Changed.").waitFor();
    await changeBar(page).waitFor({state: "detached"});
    assert.match(file("_posts/2025-05-01-published.md"), /Changed\.$/);
    assert.match(await (await visit("/2025/05/01/published/")).text(), /Changed\./);
  }),
}, house.close);
