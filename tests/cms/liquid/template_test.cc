#include "cms/liquid/template.h"

#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(Template, TrimsBlanksWhereDashesAsk) {
  check({{"a {{- 1 }} b", "a1 b"},
         {"a {{ 1 -}} b", "a 1b"},
         {"a \n{%- if true -%} \n b \n{%- endif -%}\n c", "abc"},
         {"a {{-1}}", "a1"},
         {"a{{- -1 -}} b", "a-1b"}});
}

TEST(Template, LooksThingsUp) {
  check({{"{{ h.a.b }}", "1"},
         {"{{ h['a'].b }}", "1"},
         {"{{ h[key].b }}", "1"},
         {"{{ h.a[\"b\"] }}", "1"},
         {"{{ ['h'].a.b }}", "1"},
         {"{{ list[0] }}{{ list[-1] }}{{ list[n] }}", "xyy"},
         {"{{ list.first }}{{ list.last }}{{ list.size }}", "xy2"},
         {"{{ list['first'] }}", ""},
         {"{{ h.size }}{{ word.size }}", "14"},
         {"{{ h.first[0] }}", "a"},
         {"{{ nothing.at.all }}", ""},
         {"{{ word.first }}", ""}},
        {{"h", make_hash({{"a", make_hash({{"b", Value(1)}})}})},
         {"list", texts({"x", "y"})},
         {"n", Value(1)},
         {"key", text("a")},
         {"word", text("größ")}});
}

TEST(Template, PassesThroughFiltersThatNobodyKnows) {
  check({{"{{ 'a' | strip_slash | upcase }}", "A"}});
}

TEST(Template, ReadsWhatIsNotStrictLaxlyWithAWarning) {
  check({{"{{ 'a' | upcase | }}", "A"}, {"{{ 1 + 2 }}", "1"}, {"{{ a..b }}", "7"}, {"{{ }}", ""}},
        {{"a", make_hash({{"b", Value(7)}})}});
  const Parsed parsed = Template::parse("\n  {{ 1 + 2 }}", "page.md", 5);
  ASSERT_EQ(parsed.problems.size(), 1U);
  EXPECT_EQ(parsed.problems[0].severity, Severity::kWarning);
  EXPECT_EQ(parsed.problems[0].line, 6);
  EXPECT_EQ(parsed.problems[0].column, 3);
}

TEST(Template, NamesThePlaceOfAnError) {
  const Parsed parsed = Template::parse("---\n\n {% nobody %}", "_posts/a.md", 4);
  ASSERT_EQ(parsed.problems.size(), 1U);
  EXPECT_EQ(to_string(parsed.problems[0]).substr(0, 50),
            "_posts/a.md:6:2: Liquid syntax error: Unknown tag ");
  PlainHost host;
  const Rendered rendered = parsed.tree->render({}, host, {});
  EXPECT_EQ(rendered.fatal, parsed.problems[0]);
  EXPECT_EQ(rendered.output, "");
}

TEST(Template, RefusesBrokenMarkup) {
  check_refusals({{"{{ a }", "was not properly terminated"},
                  {"{{ a", "was not properly terminated"},
                  {"{% if", "was not properly terminated"},
                  {"{% %}", "was not properly terminated"},
                  {"{% else %}", "Unexpected outer 'else' tag"},
                  {"{% endif %}", "Unknown tag 'endif'"},
                  {"{{ 'a' | append }}", "wrong number of arguments (given 1, expected 2)"},
                  {"{{ 'a' | upcase: 1 }}", "wrong number of arguments (given 2, expected 1)"},
                  {"{{ (1.5..x) | size }}", "invalid integer"}},
                 {{"x", Value(2.5)}});
}

TEST(Template, RefusesBlocksNestedTooDeep) {
  std::string deep, shallow;
  for (int i = 0; i < 99; ++i) shallow += "{% if true %}";
  for (int i = 0; i < 101; ++i) deep += "{% if true %}";
  std::string shallow_end, deep_end;
  for (int i = 0; i < 99; ++i) shallow_end += "{% endif %}";
  for (int i = 0; i < 101; ++i) deep_end += "{% endif %}";
  check({{shallow + "x" + shallow_end, "x"}});
  check_refusals({{deep + deep_end, "Nesting too deep"}});
}

TEST(Template, KnowsWhetherItIsPlainText) {
  EXPECT_TRUE(Template::parse("a { b }} %}", "x").tree->is_plain());
  EXPECT_FALSE(Template::parse("a {{ b }}", "x").tree->is_plain());
  EXPECT_FALSE(Template::parse("a {{ b", "x").tree->is_plain());
}

TEST(Template, TakesTheFirstOfGlobalsWithOneName) {
  check({{"{{ a }}", "1"}}, {{"a", Value(1)}, {"a", Value(2)}});
}

TEST(Template, SeesTheLiveInstantWhereItIsCompared) {
  PlainHost host;
  const Globals globals = {{"now", Value::live_time(host.instant)}, {"then", Value(Time{})}};
  EXPECT_EQ(render("{% if now > then %}later{% endif %}", host, globals), "later");
  EXPECT_EQ(host.instants_seen.size(), 1U);
  host.instants_seen.clear();
  EXPECT_EQ(render("{{ now | date: '%Y' }}", host, globals), "2023");
  ASSERT_EQ(host.instants_seen.size(), 1U);
  EXPECT_EQ(host.instants_seen[0].second, "2023");
}

}  // namespace
}  // namespace stet::liquid
