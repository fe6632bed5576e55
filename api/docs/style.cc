#include "api/docs/style.h"

namespace stet::docs {
namespace {

constexpr char kStyle[] = R"css(:root {
  color-scheme: light dark;
  --paper: #ffffff;
  --ink: #1c2127;
  --quiet: #545d68;
  --line: #d5dae0;
  --wash: #f4f6f8;
  --link: #0b57a4;
  --mark: #fff3c4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181d;
    --ink: #e3e7eb;
    --quiet: #a3adb8;
    --line: #343c45;
    --wash: #1e242b;
    --link: #84bdf5;
    --mark: #3c3512;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.6 system-ui, sans-serif;
  overflow-wrap: break-word;
}
a { color: var(--link); }
a:focus-visible, summary:focus-visible, pre:focus-visible, .wide:focus-visible {
  outline: 3px solid var(--link);
  outline-offset: 2px;
}
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--paper); }
header { padding: .8rem 1.2rem; border-bottom: 1px solid var(--line); }
header a { color: inherit; font-weight: 700; text-decoration: none; }
nav { padding: .6rem 1.2rem; border-bottom: 1px solid var(--line); }
nav ul { display: flex; flex-wrap: wrap; gap: .1rem 1rem; margin: 0; padding: 0; list-style: none; }
nav a { display: inline-block; padding: .2rem 0; }
nav a[aria-current] { color: inherit; font-weight: 700; text-decoration: none; }
main { max-width: 52rem; padding: 0 1.2rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 1.6rem 0 1rem; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 2.4rem 0 .6rem; }
h3 { font-size: 1.05rem; line-height: 1.4; margin: 1.6rem 0 .4rem; }
section { border-top: 1px solid var(--line); margin-top: 2rem; }
section > h2 { margin-top: 1.2rem; }
section:target { background: var(--mark); box-shadow: 0 0 0 .8rem var(--mark); }
code, pre { font-family: ui-monospace, monospace; font-size: .875rem; }
code { background: var(--wash); padding: .1em .3em; border-radius: 3px; }
pre {
  background: var(--wash);
  border: 1px solid var(--line);
  border-radius: 4px;
  padding: .8rem 1rem;
  overflow-x: auto;
  line-height: 1.5;
}
pre code { padding: 0; background: none; overflow-wrap: normal; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .94rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; }
th { color: var(--quiet); font-weight: 600; }
tr + tr td, tbody tr:first-child td { border-top: 1px solid var(--line); }
td:first-child { white-space: nowrap; }
.method { font-weight: 700; }
.quiet { color: var(--quiet); }
@media (min-width: 62rem) {
  body {
    display: grid;
    grid-template: "head head" auto "nav main" 1fr / 15rem minmax(0, 1fr);
    min-height: 100vh;
  }
  header { grid-area: head; }
  nav { grid-area: nav; border-bottom: 0; border-right: 1px solid var(--line); }
  nav ul { display: block; position: sticky; top: 1rem; }
  main { grid-area: main; padding: 0 2.5rem 4rem; }
}
)css";

}  // namespace

std::string_view style() { return kStyle; }

}  // namespace stet::docs
