import {describe, expect, it} from 'vitest';
import {markdown} from './languages';

// The nodes of a text that have one of these names, as "Name: text".
function nodes(text: string, names: RegExp): string[] {
  const found: string[] = [];
  markdown.parser.parse(text).iterate({
    enter: (node) => {
      if (names.test(node.name)) found.push(`${node.name}: ${text.slice(node.from, node.to)}`);
    },
  });
  return found;
}

describe('the dialect', () => {
  it('sees Liquid, and no emphasis in it', () => {
    expect(nodes('a {{ site.a_b_c | x: "*y*" }} {% include a_b_.html %} *z*', /^(Liquid.*|Emphasis)$/)).toEqual([
      'LiquidObject: {{ site.a_b_c | x: "*y*" }}', 'LiquidTag: {% include a_b_.html %}', 'Emphasis: *z*',
    ]);
  });

  it('sees a link whose address is Liquid', () => {
    expect(nodes('see [the *plan*]({{ site.baseurl }}/plan/ "now") and ![x]({% link a b.md %})', /^(Link|Image|URL|Emphasis)$/)).toEqual([
      'Link: [the *plan*]({{ site.baseurl }}/plan/ "now")', 'Emphasis: *plan*', 'URL: {{ site.baseurl }}/plan/',
      'Image: ![x]({% link a b.md %})', 'URL: {% link a b.md %}',
    ]);
  });

  it('reads nothing into blocks of Liquid', () => {
    expect(nodes('{% highlight ruby %}\n# no heading\n{% endhighlight %}\n\n# one', /^(LiquidBlock|ATXHeading1)$/)).toEqual([
      'LiquidBlock: {% highlight ruby %}\n# no heading\n{% endhighlight %}', 'ATXHeading1: # one',
    ]);
  });

  it('sees attribute lists, footnotes and mathematics', () => {
    expect(nodes('# a\n{: .b #c }\n\nx[^1] and $$a_b_c$$\n\n[^1]: a *note*\n', /^(AttributeList|Footnote.*|Mathematics|Emphasis)$/)).toEqual([
      'AttributeList: {: .b #c }', 'FootnoteReference: [^1]', 'Mathematics: $$a_b_c$$', 'FootnoteText: [^1]: a *note*',
      'FootnoteMark: [^1]:', 'Emphasis: *note*',
    ]);
  });
});
