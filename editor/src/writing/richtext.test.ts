import {describe, expect, it} from 'vitest';
import {decoded} from './markup';
import {isRich, markdownOf} from './richtext';

const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8><style><!-- p.MsoNormal {margin:0} --></style>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]--></head><body lang=DE><!--StartFragment-->
<h1>The&nbsp;<b>harbour</b><o:p></o:p></h1>
<p class=MsoNormal>A <b style='mso-bidi-font-weight:normal'>bold</b> and <i>slanted </i>word, and <a href="https://example.org/a%20b">a link</a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>First<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o&nbsp;</span><![endif]>Inner<o:p></o:p></p>
<table><tr><td><p class=MsoNormal>Room</p></td><td><p class=MsoNormal>Seats</p></td></tr><tr><td><p>Quay</p></td><td><p>40</p></td></tr></table>
<!--EndFragment--></body></html>`;

const google = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span style="font-weight:400">Plan</span></h2>
<p dir="ltr"><span style="font-weight:700">Bold</span><span style="font-weight:400">, </span><span style="font-style:italic">slanted</span> and
<a href="https://www.google.com/url?q=https://example.org/x&amp;sa=D"><span style="text-decoration:underline">link</span></a></p><br />
<ul><li dir="ltr" style="list-style-type:disc"><p dir="ltr"><span>One</span></p></li><ul><li dir="ltr"><p dir="ltr"><span>Two</span></p></li></ul></ul>
<ol><li>a</li><li>b</li></ol></b>`;

describe('rich text', () => {
  it('of Word', () =>
    expect(markdownOf(word)).toBe(
      '# The **harbour**\n\nA **bold** and *slanted* word, and [a link](https://example.org/a%20b).\n\n- First\n  - Inner\n\n' +
        '| Room | Seats |\n| --- | --- |\n| Quay | 40 |',
    ));

  it("of Google's documents", () =>
    expect(markdownOf(google)).toBe('## Plan\n\n**Bold**, *slanted* and [link](https://example.org/x)\n\n- One\n  - Two\n\n1. a\n2. b'));

  for (const [name, html, wanted] of [
    ['paragraphs', '<p>One<p>Two', 'One\n\nTwo'],
    ['lines', 'One<br>two<br><br>', 'One  \ntwo'],
    ['code', '<p>Use <code>a`b</code></p><pre>x\n  y\n</pre>', 'Use ``a`b``\n\n```\nx\n  y\n```'],
    ['a quotation', '<blockquote><p>One</p><p>Two</p></blockquote>', '> One\n>\n> Two'],
    ['tasks', '<ul><li><input type=checkbox checked>a<li><input type=checkbox>b</ul>', '- [x] a\n- [ ] b'],
    ['items with paragraphs', '<ol start=3><li><p>a</p><p>b</p></li></ol>', '3. a\n\n   b'],
    ['pictures of the web', '<img src="https://x.org/a.png" alt="A &quot;b&quot;">', '![A "b"](https://x.org/a.png)'],
    ['no pictures of a disk', '<p>a<img src="file:///C:/x.png"></p>', 'a'],
    ['no scripts', '<p>a<script>alert("<p>b")</script></p><style>p{}</style>', 'a'],
    ['no addresses that run', '<a href="java&#10;script:alert(1)">x</a> <a href=" javascript:1">y</a>', 'x y'],
    ['no handlers', '<p onclick="x()">a <b onmouseover=x>b</b></p>', 'a **b**'],
    ['signs of Markdown, as text', '<p>1. a *b* _c_ [d] `e` &lt;f&gt; {{ g }} snake_case</p>', '1\\. a \\*b\\* \\_c\\_ \\[d\\] \\`e\\` \\<f> \\{{ g }} snake_case'],
    ['a heading that is no heading', '<p># a</p>', '\\# a'],
    ['bold twice', '<b><strong>a</strong></b> <b> b </b>', '**a** **b**'],
    ['struck out', '<p><del>a</del> <span style="text-decoration: line-through">b</span></p>', '~~a~~ ~~b~~'],
    ['right to left', '<p dir=rtl>سلام <b>دنیا</b></p>', 'سلام **دنیا**'],
    ['nested deeper than anybody writes', '<div>'.repeat(5000) + 'a', 'a'],
    ['unclosed', '<p>a <b>b <i>c', 'a **b *c***'],
    ['nothing', '', ''],
  ] as const) it(name, () => expect(markdownOf(html)).toBe(wanted));

  it('of hostile length ends soon', () => {
    for (const part of ['<', '<a href="', '&#', '<!--', '<p ', '</', '<b>', '<li>', '**', '_', '<p>', ' ', '\n', '<br>', '{{']) {
      markdownOf(part.repeat(20_000));
      markdownOf(`${part.repeat(20_000)}>`);
    }
  }, 60_000);

  it('is told from text that is only wrapped', () => {
    expect(isRich('<meta charset="utf-8"><span>abc</span>')).toBe(false);
    expect(isRich('<p>a <b>b</b></p>')).toBe(true);
  });

  it('has its characters', () => expect(decoded('&eacute;&Uuml;&amp;&#8217;&#x2014;&unknown; &nbsp;&#0;')).toBe('éÜ&’—&unknown; \u00a0\ufffd'));
});
