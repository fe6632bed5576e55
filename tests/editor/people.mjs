// Accounts, people, programs, the log, and how the site stands: what everybody sees of their own, and what admins do.

import assert from "node:assert/strict";
import {createHmac} from "node:crypto";
import {exampleFolder, isAccessible, person, phone, signIn, stet, tell} from "./browser.mjs";
import {openHouse, password} from "./house.mjs";

const house = await openHouse(stet, exampleFolder, {files: {"broken.md": "---\ntitle: Broken\n---\n\n{% include nowhere.html %}\n"}});

async function story(name, to, options, run) {
  const who = await person(house, name, to, options);
  who.allow(/status of (401|422|409)/);
  await run(who);
  await who.leave();
}

// RFC 6238, as the app on a phone does it.
function digits(secret, at = Date.now()) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/=+$/, "")].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac("sha1", key).update(step).digest();
  const offset = hash[19] & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

await tell({
  "one's name is what one's work bears": () => story("eda", "#/account", {}, async (who) => {
    const {page} = who;
    await page.getByRole("heading", {name: "Your account"}).waitFor();
    await isAccessible(who);
    await page.getByLabel("Name", {exact: true}).fill("Eda Field");
    await page.getByRole("button", {name: "Save"}).click();
    await page.getByRole("status").getByText("bears this name").waitFor();
    await who.shot("account");
    const notes = await page.getByRole("link", {name: "What this editor is made of"}).evaluate((link) => fetch(link.href).then((answer) => answer.text()));
    assert.match(notes, /^svelte 5\S+ \(MIT\)\n\n[^]*Permission is hereby granted/m);
    assert.equal((await house.api("GET", "/users")).items.find((user) => user.name === "eda").commit_name, "Eda Field");
  }),
  "tabs are walked by arrows": () => story("eda", "#/account", {}, async ({page}) => {
    await page.getByRole("tab", {name: "You"}).focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.getByRole("tab", {name: "Signing in"}).getAttribute("aria-selected"), "true");
    await page.getByRole("tabpanel", {name: "Signing in"}).waitFor();
    await page.keyboard.press("End");
    assert.equal(await page.getByRole("tab", {name: "Programs"}).getAttribute("aria-selected"), "true");
    assert.match(page.url(), /part=programs/);
  }),
  "a second step is set up, asked for, and taken away": async () => {
    let secret = "";
    await story("mira", "#/account?part=security", {}, async (who) => {
      const {page} = who;
      await page.getByRole("button", {name: "Set up a second step"}).click();
      await page.getByRole("dialog").getByLabel("Your password, once more").fill(password);
      await isAccessible(who);
      await page.getByRole("dialog").getByRole("button", {name: "Set up a second step"}).click();
      await page.getByRole("img", {name: "The code to scan"}).waitFor();
      await isAccessible(who);
      await who.shot("second-step");
      secret = (await page.getByRole("group", {name: "Or type this into the app:"}).textContent()).trim();
      await page.getByLabel("Six digits").fill(digits(secret, Date.now() - 30_000));
      await page.getByRole("button", {name: "Switch it on"}).click();
      const codes = page.getByRole("dialog", {name: "Your recovery codes"});
      assert.equal((await codes.getByRole("group").textContent()).trim().split("\n").length, 10);
      await codes.getByRole("button", {name: "I have kept them"}).click();
      await page.getByText("10 recovery codes are left.").waitFor();
    });
    const who = await person(house, null);
    who.allow(/status of 401/);
    await who.page.getByLabel("Name or mail").fill("mira");
    await who.page.getByLabel("Password").fill(password);
    await who.page.getByRole("button", {name: "Sign in", exact: true}).click();
    await who.page.getByRole("heading", {name: "One thing more"}).waitFor();
    await isAccessible(who);
    await who.page.getByLabel("Code").fill(digits(secret));
    await who.page.getByRole("button", {name: "Sign in", exact: true}).click();
    await who.page.locator("nav#navigation").waitFor({state: "attached"});
    await who.leave();
  },
  "a program gets a token, shown once, and is ended": () => story("eda", "#/account?part=programs", {}, async (who) => {
    const {page} = who;
    await page.getByText("No program has a token of yours").waitFor();
    await isAccessible(who);
    await page.getByLabel("What is it for?").fill("git on my laptop");
    await page.getByRole("button", {name: "Make a token"}).click();
    const token = (await page.getByRole("group", {name: "The token, shown this once"}).textContent()).trim();
    const asks = () => fetch(`${house.admin}/api/v1/account`, {headers: {authorization: `Bearer ${token}`}});
    assert.equal((await (await asks()).json()).name, "git on my laptop");
    await who.shot("programs");
    await page.getByRole("button", {name: /^End it/}).click();
    await page.getByRole("dialog", {name: "End the token “git on my laptop”?"}).getByRole("button", {name: "End it"}).click();
    await page.getByRole("status").getByText("The token is ended.").waitFor();
    assert.equal((await asks()).status, 401);
  }),
  "one signs out another device": async () => {
    const other = await person(house, "rita", "#/status");
    other.allow(/status of 401/);
    await story("rita", "#/account?part=devices", {}, async (who) => {
      await who.page.getByText("This one").waitFor();
      await isAccessible(who);
      await who.page.getByRole("button", {name: "Sign out there"}).click();
      await who.page.getByRole("status").getByText("Signed out there.").waitFor();
    });
    await other.go("#/account");
    assert.equal(await other.page.evaluate(() => fetch("/api/v1/account").then((answer) => answer.status)), 401);
    await other.leave();
  },
  "an admin adds somebody, who sets a password by the link and comes in": async () => {
    let link = "";
    await story("ada", "#/people", {}, async (who) => {
      const {page} = who;
      await page.getByText("otto@example.org").waitFor();
      await isAccessible(who);
      await who.shot("people");
      await page.getByRole("button", {name: "Add somebody"}).click();
      const form = page.getByRole("dialog", {name: "Add somebody"});
      await form.getByLabel("Name for signing in").fill("nora");
      await form.getByLabel("Mail").fill("eda@example.org");
      await form.getByLabel("Role").selectOption("author");
      await isAccessible(who);
      await form.getByRole("button", {name: "Add", exact: true}).click();
      await form.getByRole("alert").waitFor(); // the mail is somebody else's; what was typed stays
      assert.equal(await form.getByLabel("Name for signing in").inputValue(), "nora");
      await form.getByLabel("Mail").fill("nora@example.org");
      await form.getByRole("button", {name: "Add", exact: true}).click();
      link = (await page.getByRole("dialog", {name: "Send this to nora"}).getByRole("group").textContent()).trim();
      assert.match(link, /^http:\/\/127\.0\.0\.1:\d+\/reset\//);
    });
    const who = await person(house, null);
    who.allow(/status of 401/);
    await who.page.goto(link);
    for (const field of await who.page.locator("input[type=password]").all()) await field.fill("a long enough one");
    await who.page.locator("button, input[type=submit]").first().click();
    await who.page.goto(`${house.admin}/admin/#/status`);
    await signIn({page: who.page, name: "nora"}, "a long enough one");
    await who.leave();
  },
  "an admin switches somebody off and on, and deletes": () => story("ada", "#/people", {}, async ({page}) => {
    const menu = async (item) => {
      await page.getByRole("button", {name: "What to do with rita"}).click();
      await page.getByRole("menuitem", {name: item}).click();
    };
    await menu("Switch off");
    await page.getByRole("dialog").getByRole("button", {name: "Switch off"}).click();
    await page.getByRole("status").getByText("rita is switched off.").waitFor();
    await menu("Switch on");
    await page.getByRole("status").getByText("rita is switched on.").waitFor();
    await menu("Delete…");
    await page.getByRole("dialog", {name: "Delete rita?"}).getByRole("button", {name: "Delete the account"}).click();
    await page.getByRole("status").getByText("rita is deleted.").waitFor();
    assert.ok(!(await house.api("GET", "/users")).items.some((user) => user.name === "rita"));
  }),
  "menus are walked by keyboard and give the focus back": () => story("ada", "#/people", {}, async ({page}) => {
    const button = page.getByRole("button", {name: "What to do with otto"});
    await button.focus();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("menuitem", {name: "Change…"}).and(page.locator(":focus")).waitFor();
    await page.keyboard.press("d");
    await page.getByRole("menuitem", {name: "Delete…"}).and(page.locator(":focus")).waitFor();
    await page.keyboard.press("Escape");
    await button.and(page.locator(":focus")).waitFor();
  }),
  "the log says who came in": () => story("ada", "#/people?part=log", {}, async (who) => {
    const {page} = who;
    await page.getByRole("cell", {name: "Signed in", exact: true}).first().waitFor();
    let asked = 0;
    page.on("request", (request) => { asked += request.url().includes("/audit") ? 1 : 0; });
    await isAccessible(who);
    assert.equal(asked, 0); // read once
    await page.getByLabel("What", {exact: true}).selectOption({label: "Person deleted"});
    await page.getByRole("row", {name: /Person deleted.*rita/}).waitFor();
    await page.getByRole("cell", {name: "Signed in", exact: true}).first().waitFor({state: "detached"});
    await who.shot("log");
  }),
  "people are for admins": () => story("eda", "#/people", {}, async ({page}) => {
    await page.getByRole("alert").waitFor();
    assert.equal(await page.getByText("otto@example.org").count(), 0);
  }).catch((error) => { if (!/status of 403/.test(error.message)) throw error; }),
  "the status names what is broken, and where": () => story("ada", "#/status", {}, async (who) => {
    const {page} = who;
    await page.getByRole("link", {name: "broken.md"}).waitFor();
    await isAccessible(who);
    await who.shot("status", true);
    assert.match(await page.getByRole("link", {name: "broken.md"}).getAttribute("href"), /line=/);
  }),
  "the site is put back to an earlier state, and forward again": () => story("ada", "#/status", {}, async ({page}) => {
    house.push({"later.md": "---\ntitle: Later\n---\n\nLater.\n"});
    await page.getByText("shown now").waitFor();
    await page.getByRole("button", {name: /Show this one/}).first().click();
    await page.getByRole("dialog").getByRole("button", {name: "Put back"}).click();
    await page.getByText("An earlier state of the site is shown").waitFor();
    assert.equal((await fetch(`${house.site}/later/`)).status, 404);
    await page.getByRole("button", {name: "Show the newest state again"}).click();
    await page.getByText("What people see is what was saved last.").waitFor();
    assert.equal((await fetch(`${house.site}/later/`)).status, 200);
  }),
  "all of it fits a phone": async () => {
    for (const to of ["#/account", "#/account?part=security", "#/account?part=programs", "#/people", "#/people?part=log", "#/status"]) {
      await story("ada", to, {viewport: phone}, async (who) => {
        await who.page.getByRole("heading", {level: 1}).waitFor();
        await who.page.locator("main [role=status]").waitFor({state: "hidden"}).catch(() => null);
        assert.ok(await who.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), to);
        await who.shot(`phone-${to.replace(/\W+/g, "-")}`, true);
      });
    }
  },
}, house.close);
