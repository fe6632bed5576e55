#include "api/docs/style.h"

namespace stet::docs {
namespace {

constexpr char kStyle[] = R"css(:root {
  color-scheme: light dark;
  --paper: #ffffff;
  --ink: #1d2329;
  --quiet: #56606b;
  --line: #dce1e6;
  --wash: #f5f7f9;
  --link: #0b57a4;
  --mark: #fff6d6;
  --read: #1b6b3a;
  --write: #8a4b00;
  --away: #a12727;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181d;
    --ink: #e2e6ea;
    --quiet: #a2acb7;
    --line: #323a43;
    --wash: #1c2229;
    --link: #86bdf4;
    --mark: #352f16;
    --read: #7fd09b;
    --write: #e8b36a;
    --away: #f0958f;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 1.0625rem/1.6 system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
  overflow-wrap: break-word;
}
a { color: var(--link); text-decoration-thickness: .06em; text-underline-offset: .15em; }
a:hover { text-decoration-thickness: .12em; }
a:focus-visible, pre:focus-visible, .wide:focus-visible {
  outline: 3px solid var(--link);
  outline-offset: 2px;
}
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--paper); z-index: 1; }
header {
  display: flex;
  justify-content: space-between;
  padding: .8rem 1.1rem;
  border-bottom: 1px solid var(--line);
}
header a { color: inherit; font-weight: 700; text-decoration: none; }
header a span, header .pages { color: var(--quiet); font-weight: 400; }
header .pages { color: var(--link); text-decoration: underline; }
main { padding: 0 1.1rem 3rem; max-width: 50rem; }
nav { padding: 1rem 1.1rem 3rem; border-top: 1px solid var(--line); background: var(--wash); }
nav h2 {
  margin: 1.2rem 0 .3rem;
  color: var(--quiet);
  font-size: .8rem;
  font-weight: 600;
  letter-spacing: .04em;
}
nav ul { margin: 0; padding: 0; list-style: none; }
nav a { display: block; padding: .3rem 0; text-decoration: none; line-height: 1.35; }
nav a:hover { text-decoration: underline; }
nav a[aria-current] { color: inherit; font-weight: 700; }
h1 { font-size: 2rem; line-height: 1.15; margin: 1.8rem 0 1rem; letter-spacing: -.01em; }
h2 { font-size: 1.4rem; line-height: 1.25; margin: 2.6rem 0 .7rem; letter-spacing: -.005em; }
h3 { font-size: 1.12rem; line-height: 1.35; margin: 1.4rem 0 .5rem; }
h4 { font-size: .95rem; line-height: 1.4; margin: 1.4rem 0 .3rem; }
p, ul, ol, dl { margin: .7rem 0; }
ul, ol { padding-left: 1.3rem; }
li { margin: .25rem 0; }
section { border-top: 1px solid var(--line); margin-top: 2.2rem; padding-bottom: .3rem; }
section > h2, section > h3 { margin-top: 1.2rem; }
section:target { background: var(--mark); box-shadow: 0 0 0 .8rem var(--mark); }
code, pre {
  font-family: ui-monospace, SFMono-Regular, Menlo, "DejaVu Sans Mono", monospace;
  font-size: .85em;
}
code { background: var(--wash); padding: .12em .3em; border-radius: 3px; }
pre {
  margin: .9rem 0;
  padding: .8rem 1rem;
  background: var(--wash);
  border: 1px solid var(--line);
  border-radius: 6px;
  overflow-x: auto;
  line-height: 1.5;
  tab-size: 2;
}
pre code { padding: 0; background: none; overflow-wrap: normal; font-size: 1em; }
.example { margin: 1.2rem 0; border: 1px solid var(--line); border-radius: 6px; }
.example figcaption {
  display: flex;
  justify-content: space-between;
  gap: 1rem;
  padding: .45rem 1rem;
  border-bottom: 1px solid var(--line);
  color: var(--quiet);
  font-size: .92rem;
  line-height: 1.4;
}
.example pre { margin: 0; border: 0; border-radius: 0 0 6px 6px; }
.end { flex: none; }
.status { font-variant-numeric: tabular-nums; font-weight: 600; }
.wide { margin: .9rem 0; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; line-height: 1.45; }
th, td { padding: .45rem 1rem .45rem 0; text-align: left; vertical-align: top; }
th { color: var(--quiet); font-size: .85rem; font-weight: 600; }
td { border-top: 1px solid var(--line); }
.method {
  display: inline-block;
  font: 700 .72rem/1.5 ui-monospace, SFMono-Regular, Menlo, "DejaVu Sans Mono", monospace;
  letter-spacing: .02em;
  color: var(--write);
}
.method.GET { color: var(--read); }
.method.DELETE { color: var(--away); }
.line { margin: .3rem 0; }
.line code { margin-left: .3rem; padding: 0; background: none; }
.contents { padding: 0; list-style: none; }
.contents li { padding: .2rem 0; border-top: 1px solid var(--line); }
.contents code { background: none; padding: 0; margin-right: .6rem; }
.contents a { display: inline-block; padding: .15rem .35rem; }
.contents .method { font-size: .72rem; }
.answers { padding: 0; list-style: none; }
.needed { color: var(--quiet); font-size: .8rem; white-space: nowrap; }
dt { margin-top: 1rem; font-weight: 600; }
dd { margin: .2rem 0 0; }
.quiet { color: var(--quiet); font-size: .95rem; }
@media (max-width: 40rem) {
  h1 { font-size: 1.7rem; }
  h2 { font-size: 1.25rem; }
  pre, .example figcaption { padding-left: .8rem; padding-right: .8rem; }
  thead { position: absolute; left: -99rem; }
  tbody, tr, td { display: block; }
  tr { padding: .5rem 0; border-top: 1px solid var(--line); }
  td { padding: .05rem 0; border: 0; }
  td:first-child { font-weight: 600; }
}
@media (min-width: 40.01rem) {
  td:first-child code { white-space: nowrap; }
  td:nth-child(2) { min-width: 9rem; }
}
@media (min-width: 62rem) {
  body {
    display: grid;
    grid-template: "head head" auto "nav main" 1fr / 15.5rem minmax(0, 1fr);
    min-height: 100vh;
  }
  header { grid-area: head; }
  header .pages { display: none; }
  main { grid-area: main; padding: 0 3rem 5rem; }
  nav {
    grid-area: nav;
    position: sticky;
    top: 0;
    max-height: 100vh;
    overflow-y: auto;
    padding-top: .6rem;
    border-top: 0;
    border-right: 1px solid var(--line);
  }
  nav a { padding: .15rem 0; font-size: .95rem; }
}
@media print {
  nav, header .pages { display: none; }
}
)css";

}  // namespace

std::string_view style() { return kStyle; }

}  // namespace stet::docs
