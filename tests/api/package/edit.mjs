// An edit as a person makes it, over HTTPS, in Chromium: signed in at the editor, typed into a post, saved, read on the public page.
//
//   edit.mjs ADMIN SITE CERTIFICATES TITLE PATH SENTENCE
//
// ADMIN and SITE are two origins of this machine, whatever their names; their certificates are the *.pem of a folder, and no others are trusted.
// STET_USER and STET_PASSWORD sign in; TITLE is the post's, PATH that of its page; STET_PICTURES names a folder for screenshots. chroot.sh puts
// this beside the editor's tests.

import assert from "node:assert/strict";
import {createHash, X509Certificate} from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import {person, signIn, tell} from "./browser.mjs";
import {save, surface, typeAtEnd} from "./desk.mjs";

const pictures = process.env.STET_PICTURES;
const [admin, site, certificates, title, where, sentence] = process.argv.slice(2);

// What Chromium calls a certificate's key by.
function keyHash(file) {
  const key = new X509Certificate(fs.readFileSync(file)).publicKey.export({type: "spki", format: "der"});
  return createHash("sha256").update(key).digest("base64");
}
const keys = fs.readdirSync(certificates).filter((name) => name.endsWith(".pem")).map((name) => keyHash(path.join(certificates, name)));
const args = ["--no-proxy-server", `--ignore-certificate-errors-spki-list=${keys.join(",")}`,
  `--host-resolver-rules=${[admin, site].map((origin) => `MAP ${new URL(origin).hostname} 127.0.0.1`).join(",")}`];

await tell({
  "an edit over HTTPS is live": async () => {
    const who = await person({admin}, null, "#/posts", {hasProfile: true, args});
    const {page, context} = who;
    who.allow(/status of 401/); // Chromium's own words for the question who is here
    await signIn({page, name: process.env.STET_USER}, process.env.STET_PASSWORD);
    const cookie = (await context.cookies()).find(({name}) => name === "__Host-stet");
    assert.ok(cookie?.secure && cookie.httpOnly && cookie.sameSite === "Strict", JSON.stringify(await context.cookies()));
    await page.getByRole("link", {name: title, exact: true}).click();
    await surface(page).waitFor();
    await typeAtEnd(page, `\n\n${sentence}`);
    await save(page);
    await who.shot("over-https-editor");
    const opened = context.waitForEvent("page");
    await page.getByRole("link", {name: "See the page"}).first().click();
    const seen = await opened;
    await seen.getByRole("paragraph").getByText(sentence, {exact: true}).waitFor();
    assert.equal(seen.url(), site + where);
    await seen.screenshot(pictures ? {path: path.join(pictures, "over-https-page.png")} : {});
    await who.leave();
  },
});
