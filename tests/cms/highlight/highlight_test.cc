#include "cms/highlight/highlight.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "cms/highlight/languages.h"
#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

constexpr std::array kLanguages = {
    "apache",     "batchfile",  "c",          "clojure",    "cmake",    "conf",        "console",
    "coq",        "cpp",        "csharp",     "css",        "d",        "dart",        "diff",
    "docker",     "elixir",     "elm",        "erb",        "erlang",   "fsharp",      "glsl",
    "go",         "gradle",     "graphql",    "groovy",     "hack",     "haskell",     "handlebars",
    "hcl",        "html",       "http",       "ini",        "irb",      "irb_output",  "java",
    "javascript", "jinja",      "json",       "json-doc",   "jsx",      "julia",       "kotlin",
    "liquid",     "lua",        "make",       "markdown",   "nginx",    "objective_c", "ocaml",
    "perl",       "php",        "powershell", "properties", "protobuf", "python",      "r",
    "ruby",       "rust",       "sass",       "scala",      "scheme",   "scss",        "shell",
    "solidity",   "sql",        "swift",      "terraform",  "tex",      "toml",        "tsx",
    "twig",       "typescript", "viml",       "xml",        "yaml",
};

TEST(Highlight, EscapesTextAndPutsNeighboursOfOneKindIntoOneSpan) {
  EXPECT_EQ(to_html("json", "[[1]]<"),
            "<span class=\"p\">[[</span><span class=\"mi\">1</span><span class=\"p\">]]</span>"
            "<span class=\"err\">&lt;</span>");
}

TEST(Highlight, WritesOtherLanguagesAsText) {
  for (const char* language : {"", "plaintext", "abap", "no such language"}) {
    EXPECT_EQ(to_html(language, "if (a < b && c > \"d\") {}\n"),
              "if (a &lt; b &amp;&amp; c &gt; \"d\") {}\n");
  }
}

TEST(Highlight, KnowsRougesNamesAndAliases) {
  for (const char* name : {"ruby", "rb", "sh", "yml", "js", "shell-session", "c++", "R", "zsh"}) {
    EXPECT_TRUE(is_known_language(name)) << name;
  }
  for (const char* name : {"", "Ruby", "rbs", "yaml ", "guess"}) {
    EXPECT_FALSE(is_known_language(name)) << name;
  }
  for (const char* name : kLanguages) {
    EXPECT_TRUE(is_known_language(name)) << name;
    EXPECT_NE(make_lexer(name), nullptr) << name;
  }
}

TEST(Highlight, AnAliasReadsLikeItsLanguage) {
  EXPECT_EQ(to_html("rb", "def a = 1"), to_html("ruby", "def a = 1"));
  EXPECT_EQ(to_html("terminal", "$ ls"), to_html("console", "$ ls"));
  EXPECT_EQ(to_html("mkd", "# a"), to_html("markdown", "# a"));
}

TEST(Highlight, ChangesNoByteOfAnyText) {
  std::string bytes;
  for (int round = 0; round < 3; ++round) {
    for (int c = 0; c < 256; ++c) bytes += static_cast<char>(c * (2 * round + 1));
  }
  for (const char* language : kLanguages) {
    EXPECT_EQ(text_of(to_html(language, bytes)), bytes) << language;
    EXPECT_EQ(to_html(language, ""), "") << language;
  }
}

struct Endless {
  std::string_view language;
  std::string_view text;
};

// What opens and never ends, or is looked for in vain: each would take minutes if the rest of the
// text were read again at every place.
TEST(Highlight, ReadsWhatNeverEnds) {
  constexpr Endless kTexts[] = {
      {"ruby", "."},
      {"ruby", "<<A\n"},
      {"ruby", "=begin\n"},
      {"ruby", "%w("},
      {"ruby", "#{"},
      {"ruby", "\"#{"},
      {"ruby", "/x\n"},
      {"ruby", "?x:"},
      {"irb", "irb> "},
      {"console", "$ "},
      {"shell", "<<A\n\n"},
      {"shell", "$("},
      {"shell", "\""},
      {"shell", "\n\n"},
      {"html", "<a("},
      {"html", "&a"},
      {"html", "<script>"},
      {"html", "<!--"},
      {"xml", "<a b"},
      {"xml", "<![CDATA["},
      {"yaml", "a "},
      {"yaml", "- "},
      {"yaml", "&a "},
      {"yaml", "["},
      {"json", "{\""},
      {"json", "["},
      {"css", "a{b"},
      {"css", "@a{"},
      {"css", "url("},
      {"css", "/*"},
      {"scss", "a1-"},
      {"scss", "#{"},
      {"sass", "a\n "},
      {"liquid", "{% a"},
      {"liquid", "{{a='"},
      {"liquid", "{%for a"},
      {"markdown", "[a]("},
      {"markdown", "**"},
      {"markdown", "`"},
      {"markdown", "``a"},
      {"markdown", "<a@"},
      {"markdown", "---\n--"},
      {"markdown", "\n \n"},
      {"markdown", "*\n"},
      {"javascript", "/[a"},
      {"javascript", "`${"},
      {"javascript", "a?{"},
      {"python", "f\"{"},
      {"python", "from "},
      {"python", "'''a"},
      {"diff", "\n"},
      {"diff", "@@"},
      {"c", "a f("},
      {"c", "f(a) "},
      {"c", "/*/"},
      {"c", "#if 0\n"},
      {"cpp", "R\"x(a)"},
      {"cpp", "template<"},
      {"erb", "<%"},
      {"typescript", "a?:"},
      {"console", "..."},
      {"irb_output", "a"},
      {"docker", "run a\\\n"},
      {"docker", "from a as "},
      {"ini", "a"},
      {"viml", "a//"},
      {"lua", "--[["},
      {"tex", "\\verb|"},
      {"haskell", "{-"},
      {"coq", "a.b"},
      {"toml", "a,"},
      {"toml", "\"b "},
      {"make", "a$("},
      {"make", "\"\\"},
      {"make", "a."},
      {"nginx", "a{"},
      {"apache", "<a "},
      {"d", "é"},
      {"erlang", "_"},
      {"erlang", "1_"},
      {"kotlin", "0"},
      {"perl", "s/"},
      {"perl", "@"},
      {"perl", "m{"},
      {"perl", "<<A\n"},
      {"perl", "sub 1"},
      {"powershell", "_"},
      {"powershell", "-"},
      {"ocaml", "(*"},
      {"ocaml", "A "},
      {"fsharp", "``a"},
      {"jinja", "{%"},
      {"jinja", "{% raw "},
      {"groovy", "aé"},
      {"handlebars", "{{"},
      {"handlebars", "{{!"},
      {"handlebars", "<a b={{c}}"},
      {"elm", "\"\"\""},
  };
  for (const auto& [language, text] : kTexts) {
    const std::string code = repeated(text, std::size_t{1} << 16);
    EXPECT_GE(to_html(language, code).size(), code.size()) << language << ": " << text;
  }
}

TEST(Highlight, ReadsCodeInCodeToALimit) {
  std::string code = "x";
  for (int depth = 0; depth < 40; ++depth) {
    const std::string fence(static_cast<std::size_t>(depth) + 3, '`');
    code.insert(0, fence).insert(fence.size(), "markdown\n").append("\n").append(fence);
  }
  EXPECT_EQ(text_of(to_html("markdown", code)), code);
}

}  // namespace
}  // namespace stet::highlight
