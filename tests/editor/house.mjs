// A site with people, served by the real program out of a real repository, for tests of the editor.

import {execFileSync, spawn} from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const environment = {...process.env, GIT_AUTHOR_NAME: "Tests", GIT_AUTHOR_EMAIL: "tests@example.org",
  GIT_COMMITTER_NAME: "Tests", GIT_COMMITTER_EMAIL: "tests@example.org", GIT_CONFIG_GLOBAL: "/dev/null"};

export const patience = 150_000; // milliseconds for one step: a slow machine is no failure

export const password = "correct horse battery";

// Who works here: a name for each role.
export const people = {ada: "admin", mira: "maintainer", eda: "editor", otto: "author", rita: "reader"};

// `options.files`: {path: text or bytes} over the example's files, or instead of them with `options.example` false; `options.settings`: the
// server's settings file.
export async function openHouse(stet, exampleFolder, options = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "stet-editor-"));
  const repo = path.join(folder, "site.git"), work = path.join(folder, "work");
  const git = (...args) => execFileSync("git", args, {env: environment, encoding: "utf8", maxBuffer: 1 << 28});
  git("init", "--quiet", "--initial-branch=main", work);
  if (options.example !== false) fs.cpSync(exampleFolder, work, {recursive: true});
  for (const [name, text] of Object.entries(options.files ?? {})) {
    fs.mkdirSync(path.dirname(path.join(work, name)), {recursive: true});
    fs.writeFileSync(path.join(work, name), text);
  }
  git("-C", work, "add", "--all", "--force");
  git("-C", work, "commit", "--quiet", "--message", "The site as it was", "--allow-empty");
  git("clone", "--quiet", "--bare", work, repo);
  for (const [name, role] of Object.entries(people)) {
    execFileSync(stet, ["user", "add", name, "--repo", repo, "--mail", `${name}@example.org`, "--role", role],
      {env: environment, input: `${password}\n`, stdio: ["pipe", "ignore", "inherit"]});
  }
  const token = execFileSync(stet, ["token", "create", "--repo", repo, "--scope", "admin"], {env: environment, encoding: "utf8"})
    .trim().split("\n").at(-1);
  const house = {folder, repo, work, token, git: (...args) => git("-C", repo, ...args), program: null};

  house.start = async (ports = {}) => {
    const {admin = 0, site = 0} = ports;
    const settings = path.join(folder, "stet.toml");
    fs.writeFileSync(settings, options.settings ?? "");
    house.program = spawn(stet, ["serve", "--repo", repo, "--port", String(site), "--admin-port", String(admin), "--settings", settings],
      {env: environment, stdio: ["ignore", "pipe", "pipe"]});
    let told = "", isReady = false;
    const {program} = house;
    const ready = await new Promise((resolve, reject) => {
      house.program.stderr.on("data", (bytes) => (told += bytes));
      house.program.stdout.on("data", (bytes) => {
        told += bytes;
        const found = /^ready (\S+) (\S+)/m.exec(told);
        if (found) resolve(found);
      });
      program.on("exit", (code, signal) => {
        const how = `the program ended by itself (${signal ?? code}): ${told.slice(-20_000)}`;
        if (!isReady) reject(new Error(how));
        else if (!program.killed || code) console.log(how);
      });
    });
    isReady = true;
    [, house.site, house.admin] = ready;
  };
  house.halt = () => new Promise((resolve) => {
    house.program.on("exit", resolve);
    house.program.kill();
  });
  // The same API that the editor has, as a program with an admin's token.
  house.api = async (method, where, body, headers = {}) => {
    const type = method === "PATCH" ? "application/merge-patch+json" : "application/json";
    const response = await fetch(`${house.admin}/api/v1${where}`, {method, body: body && JSON.stringify(body),
      headers: {authorization: `Bearer ${token}`, ...(body ? {"content-type": type} : {}), ...headers}});
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${where}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : null;
  };
  // Somebody else's commit, by git push.
  house.push = (files, message = "A push") => {
    git("-C", work, "pull", "--quiet", repo, "main");
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(work, name)), {recursive: true});
      fs.writeFileSync(path.join(work, name), text);
    }
    git("-C", work, "add", "--all");
    git("-C", work, "commit", "--quiet", "--message", message);
    git("-C", work, "push", "--quiet", repo, "main");
  };
  house.file = (name, commit = "main") => execFileSync("git", ["-C", repo, "show", `${commit}:${name}`], {encoding: "buffer"});
  house.head = () => house.git("rev-parse", "main").trim();
  // Until the last commit on main is another one than `before`.
  house.landed = async (before) => {
    for (const end = Date.now() + patience; house.head() === before; ) {
      if (Date.now() > end) throw new Error(`nothing was committed over ${before}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  // The lines that the last commit took away and put in, as git tells them.
  house.lastDiff = (name) => house.git("diff", "--text", "--unified=0", "main~1", "main", "--", ...(name ? [name] : []))
    .split("\n").filter((line) => /^[-+](?![-+]{2} )/.test(line));
  house.close = async () => {
    if (house.program && house.program.exitCode === null) await house.halt();
    fs.rmSync(folder, {recursive: true, force: true});
  };
  await house.start();
  return house;
}
