// What the whole site has in common: settings, navigation, old addresses, webhooks.

import assert from "node:assert/strict";
import http from "node:http";
import {exampleFolder, isAccessible, person, phone, stet, tell} from "./browser.mjs";
import {openHouse} from "./house.mjs";

const house = await openHouse(stet, exampleFolder, {settings: "[webhooks]\nallowed_networks = [\"127.0.0.0/8\"]\n"});

async function story(name, to, options, run) {
  const who = await person(house, name, to, options);
  who.allow(/status of (401|403|404|422)/);
  await run(who);
  await who.leave();
}

await tell({
  "a title is changed after one has heard what that does, and comments stay": () => story("mira", "#/settings", {}, async (who) => {
    const {page} = who;
    const before = house.file("_config.yml").toString();
    await page.getByLabel("Title").fill("Quayside Map Week");
    await isAccessible(who);
    await who.shot("settings", true);
    await page.getByRole("button", {name: "Save"}).click();
    const sure = page.getByRole("dialog", {name: /make \d+ pages anew\?/});
    await sure.waitFor();
    assert.equal(house.file("_config.yml").toString(), before);
    await sure.getByRole("button", {name: "Save"}).click();
    await page.getByRole("status").getByText(/^Saved\./).waitFor();
    assert.equal(house.lastDiff("_config.yml").length, 2);
    assert.match(await (await fetch(house.site)).text(), /Quayside Map Week/);
  }),
  "what is not saved is not left without a word": () => story("mira", "#/settings", {}, async (who) => {
    const {page} = who;
    await page.getByLabel("Title").fill("Half");
    await page.getByRole("link", {name: "Status"}).click();
    await page.getByRole("dialog", {name: "Leave without saving?"}).getByRole("button", {name: "Stay"}).click();
    assert.equal(await page.getByLabel("Title").inputValue(), "Half");
    await page.getByRole("link", {name: "Status"}).click();
    await page.getByRole("dialog").getByRole("button", {name: "Leave"}).click();
    await page.getByRole("heading", {name: "Status", level: 1}).waitFor();
  }),
  "navigation is put in another order by keyboard, and only those lines move": () => story("mira", "#/settings?part=navigation", {}, async (who) => {
    const {page} = who;
    await page.getByRole("button", {name: "Move down: Schedule"}).focus();
    await isAccessible(who);
    await page.keyboard.press("Enter");
    await page.getByText("Schedule is at place 2 now.").waitFor();
    await who.shot("navigation");
    await page.getByRole("button", {name: "Remove: Tags"}).click();
    await page.getByRole("button", {name: "Add a link"}).first().click();
    const added = page.getByRole("listitem", {name: "Link 5"});
    await added.getByLabel("Text").fill("Code");
    await added.getByLabel("Address").fill("/code/");
    await page.getByRole("button", {name: "Save"}).click();
    await page.getByRole("status").getByText(/^Saved\./).waitFor();
    const {main, footer} = await house.api("GET", "/data/navigation");
    assert.deepEqual(main.map((link) => link.title), ["Speakers", "Schedule", "News", "About", "Code"]);
    assert.deepEqual(footer.map((link) => link.title), ["Code of conduct"]);
    assert.match(await (await fetch(house.site)).text(), /href="\/code\/"/);
  }),
  "an old address leads to a page, and nowhere again": () => story("mira", "#/settings?part=redirects", {}, async (who) => {
    const {page} = who;
    await page.getByText("No old address leads anywhere").waitFor();
    await isAccessible(who);
    await page.getByRole("button", {name: "Switch them on"}).click();
    await page.getByRole("status").getByText("Old addresses work now.").waitFor();
    await page.getByRole("textbox", {name: "Old address"}).fill("old name");
    await page.getByText("This begins with /, and has no blanks.").waitFor();
    await page.getByRole("textbox", {name: "Old address"}).fill("/about-us/");
    await page.getByLabel("Page or post").fill("About");
    await page.getByLabel("Which one?").waitFor();
    await page.getByLabel("Which one?").selectOption({label: "About the meeting"});
    await page.getByRole("button", {name: "Add", exact: true}).click();
    await page.getByText("/about-us/", {exact: true}).waitFor();
    await who.shot("redirects");
    assert.match(await (await fetch(`${house.site}/about-us/`)).text(), /http-equiv="refresh"/);
    await page.getByRole("button", {name: "Remove: /about-us/"}).click();
    await page.getByText("No old address leads anywhere").waitFor();
    assert.equal((await fetch(`${house.site}/about-us/`)).status, 404);
  }),
  "a webhook is made, tried, switched off and deleted": async () => {
    const receiver = http.createServer((request, response) => request.resume().on("end", () => response.writeHead(204).end()));
    await new Promise((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${receiver.address().port}/told`;
    try {
      await story("ada", "#/settings?part=webhooks", {}, async (who) => {
        const {page} = who;
        await page.getByText("Nobody is told").waitFor();
        await page.getByRole("textbox", {name: "Address"}).fill(url);
        await page.getByLabel("What is it for?").fill("Our chat");
        await page.getByLabel("Of what").fill("entry.*, site.published");
        await page.getByRole("button", {name: "Add a webhook"}).click();
        assert.match(await page.getByRole("group", {name: /Its secret/}).textContent(), /^whsec_/);
        await isAccessible(who);
        await who.shot("webhooks");
        const menu = async (item) => {
          await page.getByRole("button", {name: "What to do with Our chat"}).click();
          await page.getByRole("menuitem", {name: item}).click();
        };
        await menu("Try it");
        await page.getByRole("status").getByText("It answered 204.").waitFor();
        await menu("What was sent");
        await page.getByRole("dialog").getByRole("button", {name: "Send again"}).first().click();
        await page.getByRole("status").getByText("It is sent again.").waitFor();
        await isAccessible(who);
        await page.keyboard.press("Escape");
        await menu("Switch off");
        await page.getByText("switched off", {exact: true}).waitFor();
        await menu("Delete");
        await page.getByRole("dialog").getByRole("button", {name: "Delete"}).click();
        await page.getByText("Nobody is told").waitFor();
      });
    } finally {
      receiver.close();
    }
  },
  "all of it fits a phone": async () => {
    for (const part of ["site", "navigation", "redirects", "webhooks"]) {
      await story("ada", `#/settings?part=${part}`, {viewport: phone}, async (who) => {
        await who.page.getByRole("tabpanel").locator("button").first().waitFor();
        assert.ok(await who.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), part);
        await who.shot(`phone-settings-${part}`, true);
      });
    }
  },
}, house.close);
