#!/usr/bin/env python3
"""What the comparer takes for the same, and what it does not; and that every site is registered."""

import os
import re
import tempfile
import unittest

import comparison
import tokens

FOLDER = os.path.dirname(os.path.abspath(__file__))


def same(path, left, right):
    return tokens.tokens_of(path, left.encode()) == tokens.tokens_of(path, right.encode())


class Tokens(unittest.TestCase):

    def test_html_that_browsers_show_alike(self):
        for left, right in (
            ("<p class='b a' id=x>t</p>", '<p id="x" class="a  b">t</p>'),
            ("<ul>\n  <li>a</li>\n</ul>", "<ul><li>a</li></ul>"),
            ("<p>a\n b</p>", "<p>a b</p>"),
            ("<br/><img src=a />", "<br><img src='a'>"),
            ("&eacute;&#38;", "é&amp;"),
            ("<pre>\na</pre>", "<pre>a</pre>"),
        ):
            self.assertTrue(same("a.html", left, right), (left, right))

    def test_html_that_differs(self):
        for left, right in (
            ("<p>a</p>", "<p>b</p>"),
            ("<p>a</p>", "<p class=x>a</p>"),
            ("<b>a</b> c", "<b>a</b>c"),
            ("<pre>a  b</pre>", "<pre>a b</pre>"),
            ("<pre><code>\na</code></pre>", "<pre><code>a</code></pre>"),
            ("<p>a<!-- x --></p>", "<p>a</p>"),
            ("<p>a</p>", "<p>a"),
            ("<a href='/A'>x</a>", "<a href='/a'>x</a>"),
            ("&lt;b&gt;", "<b>"),
        ):
            self.assertFalse(same("a.html", left, right), (left, right))

    def test_feeds_hold_html(self):
        feed = "<feed><content type='html'>%s</content></feed>"
        self.assertTrue(same("f.xml", feed % "&lt;p class=&quot;a b&quot;&gt;x&lt;/p&gt;\n",
                             feed % "&lt;p class=&apos;b a&apos;&gt;x&lt;/p&gt;"))
        bold = feed % "&lt;b&gt;%s&lt;/b&gt;"
        self.assertFalse(same("f.xml", bold % "x", bold % "y"))
        self.assertFalse(same("f.xml", feed % "a", feed % "<b>a</b>"))

    def test_a_sitemap_is_a_set(self):
        sitemap = "<urlset><url><loc>%s</loc></url><url><loc>%s</loc></url></urlset>"
        self.assertTrue(same("s.xml", sitemap % ("a", "b"), sitemap % ("b", "a")))
        self.assertFalse(same("s.xml", sitemap % ("a", "b"), sitemap % ("a", "a")))

    def test_json_is_its_values(self):
        self.assertTrue(same("a.json", '{"a": [1, 2.0]}', '{ "a":[1,2.0] }'))
        self.assertFalse(same("a.json", '{"a": 1}', '{"a": "1"}'))

    def test_everything_else_is_bytes(self):
        self.assertFalse(same("a.bin", "a ", "a"))
        self.assertFalse(same("a.css", "a{}", "a{}\n"))


class Comparisons(unittest.TestCase):

    def compared(self, jekyll, stet, *rules):
        with tempfile.TemporaryDirectory() as folder:
            for name, files in (("jekyll", jekyll), ("stet", stet)):
                os.mkdir(os.path.join(folder, name))
                for path, text in files.items():
                    with open(os.path.join(folder, name, path), "w", encoding="utf-8") as file:
                        file.write(text)
            made = [comparison.Rule("wanted", dict(rule, why="w"), "plain") for rule in rules]
            result = comparison.Comparison(
                os.path.join(folder, "jekyll"), os.path.join(folder, "stet"), made)
        return result.failures, [rule.is_used for rule in made]

    def test_the_smallest_fragment_is_shown(self):
        failures, _ = self.compared({"a.html": "<p>one</p><p>two</p><p>three</p>"},
                                    {"a.html": "<p>one</p><p>2</p><p>three</p>"})
        self.assertEqual(len(failures), 1)
        self.assertRegex(failures[0], r"a\.html\n.*after  <p>\n  jekyll two\n  stet   2\n")
        self.assertNotIn("three", failures[0])

    def test_a_file_that_one_alone_has(self):
        files = ({"a.html": "", "b.html": ""}, {"a.html": ""})
        self.assertEqual(self.compared(*files)[0], ["b.html\nonly jekyll has it"])
        self.assertEqual(self.compared(*files, {"path": "b.*", "only": "jekyll"}), ([], [True]))
        self.assertEqual(len(self.compared(*files, {"path": "b.*", "only": "stet"})[0]), 1)
        self.assertEqual(len(self.compared(*files, {"path": "b.*"})[0]), 1)

    def test_what_a_rule_ignores_is_all_that_it_ignores(self):
        rule = {"path": "a.html", "ignore": ["[0-9]+"]}
        self.assertEqual(self.compared({"a.html": "x 1"}, {"a.html": "x 22"}, rule), ([], [True]))
        self.assertEqual(len(self.compared({"a.html": "x 1"}, {"a.html": "y 2"}, rule)[0]), 1)

    def test_a_rule_that_nothing_needs_is_told(self):
        rules = ({"path": "a.html"}, {"path": "a.html", "ignore": ["z"]}, {"path": "c.html"})
        self.assertEqual(self.compared({"a.html": "x"}, {"a.html": "x"}, *rules)[1], [False] * 3)


class Sites(unittest.TestCase):

    def test_every_site_is_a_test(self):
        with open(os.path.join(FOLDER, "CMakeLists.txt"), encoding="utf-8") as file:
            registered = re.findall(r"^stet_differential\((\w+)\)$", file.read(), re.M)
        self.assertEqual(registered, sorted(os.listdir(os.path.join(FOLDER, "sites"))))


if __name__ == "__main__":
    unittest.main()
