// Who comes in, and how: passwords, the first page, the two languages, a session that ends.

import assert from "node:assert/strict";
import {exampleFolder, isAccessible, person, phone, stet, tell} from "./browser.mjs";
import {openHouse, password} from "./house.mjs";

const house = await openHouse(stet, exampleFolder);
const unsigned = /status of 401/; // Chromium's own words for the question who is here

async function story(name, to, options, run) {
  const who = await person(house, name, to, options);
  who.allow(unsigned);
  await run(who);
  await who.leave();
}

await tell({
  "a wrong password says so and lets nobody in": () => story(null, "", {}, async (who) => {
    const {page} = who;
    await isAccessible(who);
    await who.shot("sign-in");
    await page.getByLabel("Name or mail").fill("eda");
    await page.getByLabel("Password").fill("not this one");
    await page.getByRole("button", {name: "Sign in", exact: true}).click();
    await page.getByRole("alert").getByText("The name, the password or the code is wrong.").waitFor();
    assert.equal(await page.getByRole("navigation").count(), 0);
  }),
  "an editor signs in, sees what is theirs, and signs out": () => story("eda", "#/status", {}, async (who) => {
    const {page} = who;
    const links = await page.getByRole("navigation", {name: "Main"}).getByRole("link").allTextContents();
    for (const name of ["Posts", "Drafts", "Pages", "Schedule", "Media", "Changes", "History", "Status"]) {
      assert.ok(links.some((link) => link.trim() === name), `${name} of ${links}`);
    }
    assert.ok(!links.some((link) => link.trim() === "People"));
    await page.getByRole("button", {name: "Sign out"}).click();
    await page.getByRole("heading", {name: "Sign in"}).waitFor();
  }),
  "Persian turns the page around": () => story("eda", "#/status", {}, async (who) => {
    const {page} = who;
    await page.getByLabel("Language").selectOption("fa");
    assert.equal(await page.evaluate(() => document.documentElement.dir), "rtl");
    await page.getByRole("navigation", {name: "اصلی"}).waitFor();
    await isAccessible(who);
    await who.shot("persian");
  }),
  "on a phone the navigation is a drawer": () => story("eda", "#/status", {viewport: phone}, async (who) => {
    const {page} = who;
    assert.equal(await page.getByRole("link", {name: "Posts"}).count(), 0);
    await page.getByRole("button", {name: "Menu"}).click();
    await page.getByRole("link", {name: "Posts"}).waitFor();
    await isAccessible(who);
    await page.keyboard.press("Escape");
    await page.getByRole("link", {name: "Posts"}).waitFor({state: "detached"});
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  }),
  "a session that ends asks for the password in place": () => story("eda", "#/account", {}, async (who) => {
    const {page, context} = who;
    await context.clearCookies();
    const asked = page.evaluate(() => fetch("/api/v1/account").then((answer) => answer.status));
    assert.equal(await asked, 401);
    await page.getByRole("button", {name: "Sign out"}).click();
    const dialog = page.getByRole("dialog", {name: "You have been signed out"});
    await dialog.getByLabel("Password").fill(password);
    await dialog.getByRole("button", {name: "Sign in"}).click();
    await page.getByRole("heading", {name: "Sign in"}).waitFor();
  }),
}, house.close);
