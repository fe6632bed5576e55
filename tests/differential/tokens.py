"""What a rendered file says, as a list of tokens: two files are the same when their tokens are.

HTML and XML lose what no reader of theirs sees: the order of attributes and classes, runs of white
space, and white space beside block-level tags. Text inside <pre> and <textarea> is kept exactly.
JSON is its values, and CSS its lines. A sitemap is a set of addresses: Jekyll's order of them
depends on the disk. Everything else is its bytes.

A token is (kind, text); the text is what a person is shown of it.
"""

import json
import re
from html.parser import HTMLParser
from xml.parsers import expat

VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split())
BLOCK = frozenset(
    "address article aside base blockquote body br caption center col colgroup dd details dialog"
    " dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr"
    " html iframe legend li link main menu meta nav noscript ol optgroup option p picture pre"
    " script section style summary table tbody td template tfoot th thead title tr ul video"
    .split())
EXACT = frozenset(("pre", "textarea"))
BLANKS = re.compile(r"[ \t\r\n\f]+")


def collapsed(text):
    return BLANKS.sub(" ", text)


def tag(name, attributes):
    """<name a="..." b="...">, with attributes in order of their names."""
    seen = {}
    for key, value in attributes:
        value = collapsed(value or "").strip()
        if key == "class":
            value = " ".join(sorted(value.split(" ")))
        seen.setdefault(key, value)
    return "<" + "".join(
        [name] + [' %s="%s"' % (key, seen[key]) for key in sorted(seen)]) + ">"


class HtmlTokens(HTMLParser):
    """Tags, texts and comments in the order of the source, before white space is looked at."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tokens = []
        self.exact = 0  # how many <pre> are open

    def add(self, kind, text):
        if self.tokens and self.tokens[-1][0] == kind and kind in ("text", "exact"):
            self.tokens[-1] = (kind, self.tokens[-1][1] + text)
        else:
            self.tokens.append((kind, text))

    def handle_starttag(self, name, attributes):
        self.add("tag " + name, tag(name, attributes))
        self.exact += name in EXACT

    def handle_startendtag(self, name, attributes):
        self.handle_starttag(name, attributes)
        if name not in VOID:
            self.handle_endtag(name)

    def handle_endtag(self, name):
        if name not in VOID:
            self.add("tag " + name, "</%s>" % name)
            self.exact -= name in EXACT and self.exact > 0

    def handle_data(self, text):
        self.add("exact" if self.exact else "text", text)

    def handle_comment(self, text):
        self.add("comment", "<!-- %s -->" % collapsed(text).strip())

    def handle_decl(self, text):
        self.add("declaration", "<!%s>" % collapsed(text).lower())

    def unknown_decl(self, text):
        self.add("declaration", "<![%s]>" % text)

    def handle_pi(self, text):
        self.add("declaration", "<?%s>" % collapsed(text))


def is_block(token):
    return token[0] in ("comment", "declaration") or token[0].startswith(
        "tag ") and token[0][4:] in BLOCK


def html(text):
    parser = HtmlTokens()
    parser.feed(text.replace("\r\n", "\n"))
    parser.close()
    edge = ("declaration", "")
    found = [edge] + parser.tokens + [edge]
    tokens = []
    for before, (kind, words), after in zip(found, found[1:], found[2:]):
        if kind == "text":
            words = collapsed(words)
            if is_block(before):
                words = words.lstrip(" ")
            if is_block(after):
                words = words.rstrip(" ")
        elif kind == "exact" and before[1].startswith("<pre"):
            words = words[1:] if words.startswith("\n") else words
        if words:
            tokens.append((kind, words))
    return tokens


def xml(text):
    """Texts that are HTML themselves, as feeds have them, are taken apart too."""
    tokens = []

    def words(text):
        if tokens and tokens[-1][0] == "text":
            tokens[-1] = ("text", tokens[-1][1] + text)
        else:
            tokens.append(("text", text))

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: tokens.append(
        ("tag", tag(name, attributes.items())))
    parser.EndElementHandler = lambda name: tokens.append(("tag", "</%s>" % name))
    parser.CharacterDataHandler = words
    parser.CommentHandler = lambda text: tokens.append(
        ("comment", "<!-- %s -->" % collapsed(text).strip()))
    parser.ProcessingInstructionHandler = lambda name, text: tokens.append(
        ("declaration", "<?%s %s?>" % (name, text)))
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        return [("declaration", "not well-formed: %s" % error)] + lines(text)
    flat = []
    for kind, value in tokens:
        if kind != "text":
            flat.append((kind, value))
        elif "<" in value:
            flat += html(value)
        elif value.strip():
            flat.append((kind, collapsed(value).strip()))
    return sorted_urls(flat) if flat and flat[0][1].startswith("<urlset") else flat


def sorted_urls(found):
    """A sitemap with its <url>s in order."""
    groups, urls = [], []
    for token in found:
        if token == ("tag", "<url>"):
            urls.append([])
        (urls[-1] if urls and token != ("tag", "</urlset>") else groups).append(token)
    return groups + [token for url in sorted(urls) for token in url]


def json_values(text):
    try:
        value = json.loads(text)
    except ValueError as error:
        return [("declaration", "not JSON: %s" % error)] + lines(text)
    return lines(json.dumps(value, indent=1, ensure_ascii=False))


def lines(text):
    return [("line", line) for line in text.splitlines(True)]


KINDS = {
    "html": html, "htm": html, "xhtml": html,
    "xml": xml, "svg": xml, "atom": xml, "rss": xml,
    "json": json_values, "map": json_values,
    "css": lines, "txt": lines, "js": lines, "md": lines,
}  # yapf: disable


def tokens_of(path, content):
    """The tokens of a file by the ending of its path. Content that is no UTF-8 is one token."""
    read = KINDS.get(path.rpartition(".")[2].lower())
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        read = None
    if read is None:
        return [("bytes", content.hex(" ") if len(content) < 200 else repr(content))]
    return read(text)
