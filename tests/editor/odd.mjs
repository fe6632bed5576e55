// Files as people and programs have left them: what an editor must not touch.

import fs from "node:fs";
import path from "node:path";

const lines = (...all) => `${all.join("\n")}\n`;
const front = (...all) => lines("---", ...all, "---");

// {path: text}; a post each.
export const odd = {
  "2020-01-01-crlf": front("title: Carriage returns", "tags: [a, b]").replaceAll("\n", "\r\n") + "First line\r\n\r\nSecond line\r\n",
  "2020-01-02-bom": `\ufeff${front("title: A mark of order")}Text after it.\n`,
  "2020-01-03-no-final-newline": `${front("title: No end")}The last line has none`,
  "2020-01-04-html": `${front("title: Markup")}<div class="a"  id=b>\n  <p>Odd   spaces &amp; entities</p>\n</div>\n\nA text after <b>it</b>.\n`,
  "2020-01-05-liquid": `${front("title: Tags")}{% assign x = 1 %}{{ x | plus: 2 }}\n\n{% raw %}{{ not this }}{% endraw %}\n\n{%- comment -%} kept {%- endcomment -%}\n`,
  "2020-01-06-persian": `${front("title: نوشته‌ای به فارسی", "lang: fa")}سلام دنیا. این نیم‌فاصله می‌ماند.\n\nخط دوم **پررنگ** است.\n`,
  "2020-01-07-tabs": `${front("title: Tabs")}A\ttabbed\tline\n\n\tcode by a tab\n\n-\titem\n`,
  "2020-01-08-comments": `${front("# before all", "title: Comments # beside", "", "tags:   # of the tags", "  - one   # first", "  - two", "# at the end")}Text.\n`,
  "2020-01-09-flow": `${front("title: Flow", "tags: [ one,  'two' , \"three\" ]", "map: { a: 1,b: {c: [1,2]} }")}Text.\n`,
  "2020-01-10-quotes": `${front("title: 'It''s \"quoted\"'", "subtitle: \"back\\\\slash \\u00e9\"", "plain: yes it: is, plain")}Text “with” quotes.\n`.replace("plain: yes it: is, plain", "plain: yes, plain"),
  "2020-01-11-blank-lines": `${front("title: Blank lines")}\n\n\nText after blank lines.\n\n\n\n`,
  "2020-01-12-spaces": `${front("title: Spaces   ")}Two spaces at the end  \nmake a break.   \n`,
  "2020-01-13-block-scalars": `${front("title: Blocks", "summary: |", "  one", "    two", "folded: >-", "  three", "  four")}Text.\n`,
  "2020-01-14-anchors": `${front("title: Anchors", "base: &b {x: 1}", "other: *b")}Text.\n`,
  "2020-01-15-types": `${front("title: Types", "n: 007", "on: on", "none: ~", "float: 1.50", "big: 12345678901234567890", "date: 2020-01-15 10:00:00 +0330")}Text.\n`,
  "2020-01-16-setext": `${front("title: Old headings")}Heading\n=======\n\n* star\n+ plus\n- minus\n\n1) one\n\n***\n\nText[^1]{: .c}\n\n[^1]: note\n`,
  "2020-01-17-table": `${front("title: A table")}|a|b|\n|--|:-:|\n|1|  2|\n\nText.\n`,
  "2020-01-18-emoji": `${front("title: 👩‍🚀 Signs")}Signs 👩‍🚀 𝒳 e\u0301 \u200d and \u00a0 spaces.\n`,
  "2020-01-19-long": `${front("title: Long")}${"word ".repeat(4000)}\n`,
  "2020-01-20-fence": `${front("title: A fence")}\`\`\`js\nconst a = \`x\`;\n\`\`\`\n\n~~~\nmore\n~~~\n`,
};

// Posts of a folder of texts, where it is there.
export function seeds(folder) {
  if (!fs.existsSync(folder)) return {};
  const names = fs.readdirSync(folder).filter((name) => name.endsWith(".txt")).sort();
  return Object.fromEntries(names.map((name, n) => [`2020-02-0${n + 1}-seed`, fs.readFileSync(path.join(folder, name))]));
}
