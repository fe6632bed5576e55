// The page at /search/: finds as one types. It asks the server where that can search (/search/?q=
// answers with JSON), else it reads /search.json and the files that it names, the newest month
// first. Without this script the form is a form. Nothing is loaded from anywhere else.
(() => {
  "use strict";
  const field = document.getElementById("search-field");
  const found = document.getElementById("search-found");
  if (!field || !found || !window.fetch) return;
  const form = field.form;
  const shownMax = 20, filesAtOnce = 4, pauseMs = 120;

  // Accents, case and width make no difference, as on the server.
  const plain = (text) =>
    text.normalize("NFKD").replace(/[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f]/g, "")
      .toLowerCase().replace(/ß/g, "ss").replace(/ø/g, "o").replace(/ł/g, "l").replace(/æ/g, "ae")
      .replace(/œ/g, "oe").replace(/[يى]/g, "ی").replace(/ك/g, "ک").replace(/ة/g, "ه");
  const dense = /[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;
  const wordsOf = (text) => plain(text).split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean);
  const decoded = (html) => {
    if (!/&/.test(html)) return html;
    return new DOMParser().parseFromString(html, "text/html").documentElement.textContent;
  };

  const list = document.createElement("ol");
  list.className = "search-results";
  const count = document.createElement("p");
  count.className = "search-count";
  count.setAttribute("role", "status");

  // Adds the text to the element, with what was asked for marked.
  function addMarked(element, text, words) {
    for (const piece of text.split(/([\p{L}\p{N}\p{M}\u200c]+)/u)) {
      const own = plain(piece);
      const isMatch = own !== "" && words.some((word) =>
        dense.test(word) ? own.includes(word) : own.startsWith(word));
      if (!isMatch) {
        element.append(piece);
        continue;
      }
      const mark = document.createElement("mark");
      mark.textContent = piece;
      element.append(mark);
    }
  }

  function addParts(element, parts) {
    for (const part of parts) {
      if (!part.is_match) {
        element.append(part.text);
        continue;
      }
      const mark = document.createElement("mark");
      mark.textContent = part.text;
      element.append(mark);
    }
  }

  function item(url, date, fill) {
    const line = document.createElement("li");
    const link = document.createElement("a");
    const text = document.createElement("p");
    line.dir = "auto";
    link.href = url;
    fill(link, text);
    line.append(link);
    if (date) {
      const time = document.createElement("time");
      time.dateTime = date;
      time.textContent = date.slice(0, 10);
      line.append(" ", time);
    }
    if (text.textContent) line.append(text);
    return line;
  }

  function show(items, total, isMore, isWorking) {
    list.replaceChildren(...items);
    const asked = field.value.trim();
    const number = total === 0 ? "No" : total + (isMore ? "+" : "");
    count.textContent = asked === "" ? "" : isWorking && total === 0 ? "Searching …"
      : `${number} ${total === 1 ? "page" : "pages"} found for “${asked}”.`;
    found.replaceChildren(count, list);
  }

  // The server, where it answers.
  let server = "unknown";
  async function askServer(text, signal) {
    if (server === "no") return false;
    const url = new URL(form.action);
    url.searchParams.set("q", text);
    const answer = await fetch(url, {headers: {Accept: "application/json"}, signal});
    const type = answer.headers.get("Content-Type") || "";
    if (answer.status === 429 || answer.status === 503) return true;
    if (!answer.ok || !type.startsWith("application/json")) {
      server = "no";
      return false;
    }
    server = "yes";
    const told = await answer.json();
    show(told.items.map((hit) => item(hit.url, hit.date, (link, text) => {
      addParts(link, hit.title_parts);
      addParts(text, hit.snippet);
    })), told.total, told.is_more, false);
    return true;
  }

  // Files, each read once.
  const files = new Map();
  function read(url) {
    if (!files.has(url)) {
      files.set(url, fetch(url).then((answer) => (answer.ok ? answer.json() : [])).catch(() => {
        files.delete(url);
        return [];
      }));
    }
    return files.get(url);
  }

  function weigh(entry, words) {
    entry.title ??= wordsOf(entry.t || "");
    entry.rest ??= wordsOf([...(entry.g || []), decoded(entry.x || "")].join(" "));
    let weight = 0;
    for (const word of words) {
      const meant = (own) => (dense.test(word) ? own.includes(word) : own.startsWith(word));
      const inTitle = entry.title.some(meant), inRest = entry.rest.some(meant);
      if (!inTitle && !inRest) return 0;
      weight += (inTitle ? 8 : 0) + (inRest ? 1 : 0);
    }
    return weight;
  }

  async function lookThrough(text, signal) {
    const words = wordsOf(text);
    const index = await read(found.dataset.index);
    const urls = words.length === 0 ? [] : [index.pages, ...(index.months || [])].filter(Boolean);
    let hits = [];
    for (let at = 0; at < urls.length; at += filesAtOnce) {
      const loaded = await Promise.all(urls.slice(at, at + filesAtOnce).map(read));
      if (signal.aborted) return;
      for (const entry of loaded.flat()) {
        const weight = weigh(entry, words);
        if (weight > 0) hits.push({entry, weight});
      }
      hits.sort((a, b) => b.weight - a.weight || (b.entry.d || "").localeCompare(a.entry.d || ""));
      const isLast = at + filesAtOnce >= urls.length;
      show(hits.slice(0, shownMax).map(({entry}) => item(entry.u, entry.d, (link, line) => {
        addMarked(link, entry.t || entry.u, words);
        addMarked(line, decoded(entry.x || ""), words);
      })), hits.length, false, !isLast);
    }
    if (urls.length === 0) show([], 0, false, false);
  }

  let running = null, timer = 0;
  async function search() {
    running?.abort();
    running = new AbortController();
    const {signal} = running;
    const text = field.value.trim();
    const address = new URL(location.href);
    if (text) address.searchParams.set("q", text); else address.searchParams.delete("q");
    address.searchParams.delete("page");
    history.replaceState(null, "", address);
    try {
      if (text === "") show([], 0, false, false);
      else if (!(await askServer(text, signal))) await lookThrough(text, signal);
    } catch (error) {
      if (error.name !== "AbortError") count.textContent = "The search cannot be reached just now.";
    }
  }

  // Arrows lead through what was found, Escape back to the field.
  function step(event) {
    const stops = [field, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    if (event.key === "Escape" && at > 0) {
      event.preventDefault();
      field.focus();
    } else if (at >= 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
      if (!next) return;
      event.preventDefault();
      next.focus();
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    search();
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, pauseMs);
  });
  form.addEventListener("keydown", step);
  found.addEventListener("keydown", step);
  const asked = new URLSearchParams(location.search).get("q") || "";
  if (asked && !field.value) field.value = asked;
  if (asked && !found.querySelector(".search-count")) search();
  if (!asked) field.focus();
})();
