"""Two folders of rendered files compared, and the smallest fragments in which they differ."""

import difflib
import fnmatch
import os
import re

import tokens

FRAGMENTS_SHOWN = 6
LETTERS_SHOWN = 600


def files_below(folder):
    """{path below the folder: bytes}"""
    found = {}
    for root, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(root, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found


def without(found, patterns):
    """The tokens without what the patterns match, and without those that nothing remains of."""
    left = []
    for kind, text in found:
        for pattern in patterns:
            text = re.sub(pattern, "", text)
        if left and left[-1][0] == kind and kind in ("text", "exact"):
            left[-1] = (kind, left[-1][1] + text)
        elif text:
            left.append((kind, text))
    return left


def narrowed(left, right):
    """Two texts without what both begin and end with, but for a few letters."""
    start = len(os.path.commonprefix([left, right]))
    end = len(os.path.commonprefix([left[start:][::-1], right[start:][::-1]]))
    if start + end < 80:
        return left, right
    first = max(start - 30, 0)

    def part(text):
        last = min(len(text) - end + 30, len(text))
        return ("..." if first else "") + text[first:last] + ("..." if last < len(text) else "")

    return part(left), part(right)


def by_lines(found):
    return [(kind, line) for kind, text in found for line in text.splitlines(True) or [text]]


def fragments(expected, actual):
    """[(what Jekyll says, what stet says)], each with a token of context before it."""
    expected, actual = by_lines(expected), by_lines(actual)
    matcher = difflib.SequenceMatcher(None, expected, actual, autojunk=False)
    found = []
    for change, left, left_end, right, right_end in matcher.get_opcodes():
        if change == "equal":
            continue
        ours, theirs = ("".join(text for _, text in part)
                        for part in (actual[right:right_end], expected[left:left_end]))
        before = expected[left - 1][1][-60:] if left else ""
        found.append((before, ) + narrowed(theirs, ours))
    return found


class Rule:
    """A difference that is wanted, or one that is not yet mended: paths, and a reason."""

    def __init__(self, kind, source, build):
        self.kind = kind
        self.path = source["path"]
        self.why = source["why"]
        self.ignored = source.get("ignore", [])
        self.only = source.get("only")  # "jekyll" or "stet": one of them alone has the file
        self.builds = source.get("builds")
        self.is_here = self.builds is None or build in self.builds
        self.is_used = False

    def covers(self, path):
        return self.is_here and fnmatch.fnmatchcase(path, self.path)

    def __str__(self):
        return "%s: %s" % (self.path, self.why)


class Comparison:
    """Files of the two folders under the rules of a site. `failures` is what a person is shown."""

    def __init__(self, jekyll, stet, rules):
        self.jekyll, self.stet, self.rules = files_below(jekyll), files_below(stet), rules
        self.failures = []
        self.same = 0
        self.listed = 0  # differ in what the rules allow alone
        for path in sorted(self.jekyll.keys() | self.stet.keys()):
            self.compare(path)

    def compare(self, path):
        rules = [rule for rule in self.rules if rule.covers(path)]
        if path not in self.jekyll or path not in self.stet:
            side = "jekyll" if path in self.jekyll else "stet"
            self.judge(path, [rule for rule in rules if rule.only == side],
                       "only %s has it" % side)
            return
        rules = [rule for rule in rules if not rule.only]
        expected, actual = (tokens.tokens_of(path, side[path])
                            for side in (self.jekyll, self.stet))
        if expected == actual:
            self.same += 1
            return
        for rule in rules:
            left, right = without(expected, rule.ignored), without(actual, rule.ignored)
            if (left, right) != (expected, actual):
                rule.is_used = True
            expected, actual = left, right
        if expected == actual:
            self.listed += 1
            return
        self.judge(path, [rule for rule in rules if not rule.ignored], shown(expected, actual))

    def judge(self, path, rules, difference):
        for rule in rules:
            rule.is_used = True
        self.listed += bool(rules)
        if not rules:
            self.failures.append("%s\n%s" % (path, difference))


def shown(expected, actual):
    found = fragments(expected, actual)
    text = ""
    for fragment in found[:FRAGMENTS_SHOWN]:
        before, theirs, ours = (part.rstrip("\n")[:LETTERS_SHOWN] for part in fragment)
        text += "  after  %s\n  jekyll %s\n  stet   %s\n\n" % (before, theirs, ours)
    if len(found) > FRAGMENTS_SHOWN:
        text += "  and %d fragments more\n" % (len(found) - FRAGMENTS_SHOWN)
    return text
