#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

PlainHost files() {
  PlainHost host;
  host.includes = {{"plain.html", "[plain]"},
                   {"say.html", "[{{ include.what }}{{ include.n }}]"},
                   {"set.html", "{% assign made = 'inside' %}"},
                   {"sub/x.html", "[sub]"},
                   {"outer.html", "{% include say.html what='inner' %}{{ include.what }}"},
                   {"stop.html", "{% break %}"},
                   {"self.html", "{% include self.html %}"},
                   {"broken.html", "line\n{% if %}"},
                   {"fails.html", "\n\n {{ 'x' | append }}"}};
  host.relative_includes = {{"near.md", "[near]"}};
  return host;
}

TEST(IncludeTag, RendersAFileWithItsParameters) {
  PlainHost host = files();
  check({{"{% include plain.html %}", "[plain]"},
         {"{% include sub/x.html %}", "[sub]"},
         {"{% include say.html what=\"a b\" %}", "[a b]"},
         {"{% include say.html what='it\\'s' n=x.y %}", "[it's3]"},
         {"{% include say.html what=\"\\\"q\\\"\" %}", "[\"q\"]"},
         {"{% include say.html\n  what = true\n  n=4 %}", "[true4]"},
         {"{% include_cached say.html what='c' %}", "[c]"},
         {"{% include outer.html what='o' %}", "[inner]o"},
         {"{% include say.html what='p' %}[{{ include.what }}]", "[p][]"}},
        host,
        {{"x", make_hash({{"y", Value(3)}})}});
}

TEST(IncludeTag, TakesItsNameFromATemplate) {
  PlainHost host = files();
  check({{"{% include {{ name }}.html %}", "[plain]"},
         {"{% include {{ name | downcase }}.html %}", "[plain]"},
         {"{% include {{ dir }}/x.html %}", "[sub]"},
         {"{% include {{ say }} what='z' %}", "[z]"}},
        host,
        {{"name", text("plain")}, {"dir", text("sub")}, {"say", text("say.html")}});
}

TEST(IncludeTag, SharesVariablesAndLoops) {
  PlainHost host = files();
  check({{"{% include set.html %}{{ made }}", "inside"},
         {"{% for i in (1..3) %}{{ i }}{% include stop.html %}{% endfor %}!", "1!"}},
        host);
}

TEST(IncludeTag, RefusesBadNamesAndParameters) {
  PlainHost host = files();
  check_refusals({{"{% include %}", "invalid characters or sequences"},
                  {"{% include ../x.html %}", "invalid characters or sequences"},
                  {"{% include a//b.html %}", "invalid characters or sequences"},
                  {"{% include 'plain.html' %}", "invalid characters or sequences"},
                  {"{% include plain.html what %}", "Invalid syntax for include tag: what."},
                  {"{% include plain.html a='b'c %}", "Invalid syntax for include tag"},
                  {"{% include gone.html %}", "Could not locate the included file 'gone.html'"},
                  {"{% include self.html %}", "Nesting too deep"}},
                 host);
}

TEST(IncludeTag, NamesTheIncludedFileWhereThatIsBroken) {
  PlainHost host = files();
  const auto fatal = [&](const std::string& source) {
    return *Template::parse(source, "page.md").tree->render({}, host, {}).fatal;
  };
  const Problem broken = fatal("{% include broken.html %}");
  EXPECT_EQ(broken.path, "_includes/broken.html");
  EXPECT_EQ(broken.line, 2);
  const Problem failing = fatal("{% include fails.html %}");
  EXPECT_EQ(failing.path, "_includes/fails.html");
  EXPECT_EQ(failing.line, 3);
  EXPECT_EQ(failing.column, 2);
  EXPECT_EQ(fatal("\n{% include gone.html %}").path, "page.md");
  EXPECT_EQ(fatal("\n{% include gone.html %}").line, 2);
}

TEST(IncludeTag, RelativeLooksBesideTheFile) {
  PlainHost host = files();
  check({{"{% include_relative near.md %}", "[near]"}}, host);
  check_refusals({{"{% include_relative plain.html %}", "Could not locate"}}, host);
}

}  // namespace
}  // namespace stet::liquid
