// A site for tests in a browser: the example's files with more sessions, and one of thirty rooms; and the program that serves it.

import {spawn} from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

function session(fields, text = "What it is about.") {
  const lines = Object.entries(fields).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `---\n${lines.join("\n")}\n---\n\n${text}\n`;
}

// What the example does not have: text that tries to be markup, sessions at once in one room, twice, cancelled,
// tentative, in the night, without a time.
const more = {
  "_schedule/hostile.md": session({
    title: "<img src=x onerror=alert(1)> & \"quotes\" 'single' {{ site.title }}", subtitle: "</h3><script>alert(2)</script>",
    start: "2025-09-12T14:00", end: "2025-09-12T14:45", room: "Net Loft", track: "Tools", type: "talk\" onclick=\"x",
    language: "<b>en</b>", speakers: ["nobody\"><b>", "ruta-fennimark"],
  }),
  "_schedule/at-once.md": session({title: "At once, in the same room", start: "2025-09-12T14:15", end: "2025-09-12T15:00",
    room: "Net Loft", track: "Community", language: "fr"}),
  "_schedule/twice.md": session({title: "Twice", type: "workshop", track: "Tools", slots: [
    {id: "a", start: "2025-09-12T18:00", end: "2025-09-12T18:45", room: "Boat Shed"},
    {id: "b", start: "2025-09-13T18:00", end: "2025-09-13T18:45", room: "Net Loft"}]}),
  "_schedule/called-off.md": session({title: "Called off", start: "2025-09-12T16:30", end: "2025-09-12T17:00",
    room: "Boat Shed", status: "cancelled"}),
  "_schedule/perhaps.md": session({title: "Perhaps", start: "2025-09-12T16:30", end: "2025-09-12T17:00", room: "Net Loft",
    status: "tentative"}),
  "_schedule/stars.md": session({title: "Stars over the harbour", start: "2025-09-13T00:30", end: "2025-09-13T02:00",
    room: "Boat Shed"}),
  "_schedule/some-day.md": session({title: "Some day"}),
};

export function example(folder) {
  const site = fs.mkdtempSync(path.join(os.tmpdir(), "stet-browser-"));
  fs.cpSync(folder, site, {recursive: true});
  for (const [name, text] of Object.entries(more)) fs.writeFileSync(path.join(site, name), text);
  return site;
}

// Thirty rooms, titles of any script and length, the night in which clocks are set back.
export function large() {
  const site = fs.mkdtempSync(path.join(os.tmpdir(), "stet-browser-"));
  const write = (name, text) => {
    fs.mkdirSync(path.dirname(path.join(site, name)), {recursive: true});
    fs.writeFileSync(path.join(site, name), text);
  };
  write("_config.yml", "title: A large meeting\nlang: en\nstet: {theme: default}\n");
  const rooms = Array.from({length: 30}, (_, i) => `Room ${i + 1}${i % 7 === 0 ? " – große Aula mit langem Namen" : ""}`);
  const colours = ["#ffee00", "#001133", "#777777", "#e63946", "#2a9d8f", "#ffffff", "#000000"];
  const tracks = colours.map((color, i) => ({name: `Track ${i + 1} – трек`, color}));
  write("_data/event.yml", JSON.stringify({title: "A large meeting", time_zone: "Europe/Berlin", rooms, tracks}));
  const titles = ["Kurz", "خرائط المرفأ للجميع", "地図を描く人のための長い長い題名のセッション", "A title that goes on and on, as they do when somebody could not decide what to leave out of it",
    "Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel", "😀 Emoji"];
  let number = 0;
  for (let room = 0; room < rooms.length; ++room) {
    for (let hour = 9; hour < 18; ++hour) {
      const minutes = [30, 45, 60, 90, 20][(room + hour) % 5];
      write(`_schedule/s${++number}.md`, session({title: `${titles[number % titles.length]} ${number}`,
        start: `2025-10-25T${String(hour).padStart(2, "0")}:${room % 4 === 0 ? "15" : "00"}`, duration: minutes, room: rooms[room],
        track: tracks[number % tracks.length].name, type: number % 3 ? "talk" : "workshop", language: number % 2 ? "de" : "en"}));
    }
  }
  for (const [name, start, end] of [["night-a", "2025-10-26T01:30", "2025-10-26T02:30:00+02:00"],
    ["night-b", "2025-10-26T02:00:00+01:00", "2025-10-26T03:30:00+01:00"]]) {
    write(`_schedule/${name}.md`, session({title: name, start, end, room: rooms[0]}));
  }
  return site;
}

export function small(event, sessions = {}) {
  const site = fs.mkdtempSync(path.join(os.tmpdir(), "stet-browser-"));
  for (const folder of ["_data", "_schedule"]) fs.mkdirSync(path.join(site, folder));
  fs.writeFileSync(path.join(site, "_config.yml"), "title: Small\nlang: en\nstet: {theme: default}\n");
  fs.writeFileSync(path.join(site, "_data/event.yml"), JSON.stringify(event));
  for (const [name, fields] of Object.entries(sessions)) {
    fs.writeFileSync(path.join(site, `_schedule/${name}.md`), session(fields));
  }
  return site;
}

// {url, stop}, once the program says that its pages are there.
export function serve(stet, site) {
  const server = spawn(stet, ["serve", "-s", site, "--port", "0", "--no-livereload"], {stdio: ["ignore", "pipe", "pipe"]});
  const stop = () => {
    server.kill();
    fs.rmSync(site, {recursive: true, force: true});
  };
  return new Promise((resolve, reject) => {
    let told = "";
    const hear = (bytes) => {
      told += bytes;
      const found = /^ready (http:\/\/\S+)/m.exec(told);
      if (found) resolve({url: found[1], stop});
    };
    server.stdout.on("data", hear);
    server.stderr.on("data", hear);
    server.on("exit", () => reject(new Error(`the program ended: ${told}`)));
  });
}
