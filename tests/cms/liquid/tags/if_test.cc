#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

const Globals kGlobals = {{"a", Value(1)},
                          {"t", Value(true)},
                          {"f", Value(false)},
                          {"s", text("abc")},
                          {"list", texts({"x"})},
                          {"none", make_array({})},
                          {"hash", make_hash({{"k", Value(1)}})}};

bool holds(std::string condition) {
  PlainHost host;
  const std::string got = render("{% if " + condition + " %}yes{% endif %}", host, kGlobals);
  EXPECT_TRUE(got == "yes" || got.empty()) << condition << ": " << got;
  return got == "yes";
}

TEST(IfTag, RendersTheFirstBranchThatHolds) {
  check({{"{% if f %}1{% elsif t %}2{% elsif t %}3{% else %}4{% endif %}", "2"},
         {"{% if f %}1{% else %}4{% endif %}", "4"},
         {"{% if f %}1{% endif %}", ""}},
        kGlobals);
}

TEST(IfTag, Compares) {
  for (const char* condition : {"a == 1",
                                "a == 1.0",
                                "a != 2",
                                "a <> 2",
                                "a < 2",
                                "a <= 1",
                                "a > 0",
                                "a >= 1",
                                "s == 'abc'",
                                "s contains 'b'",
                                "list contains 'x'",
                                "hash contains 'k'",
                                "nothing == nil",
                                "none == empty",
                                "'' == empty",
                                "s",
                                "0",
                                "''",
                                "none",
                                "s < 'abd'",
                                "(1..3) contains 2",
                                "hash.k == 1"}) {
    EXPECT_TRUE(holds(condition)) << condition;
  }
  for (const char* condition : {"f",
                                "nothing",
                                "nil",
                                "a == '1'",
                                "list == empty",
                                "s contains 'z'",
                                "nothing contains 'x'",
                                "nothing < 1",
                                "1 < nothing",
                                "list < 1",
                                "'' == blank",
                                "nothing == empty",
                                "hash contains 'z'"}) {
    EXPECT_FALSE(holds(condition)) << condition;
  }
}

TEST(IfTag, GroupsToTheRight) {
  EXPECT_TRUE(holds("t or f and f"));
  EXPECT_FALSE(holds("f and t or t"));
  EXPECT_TRUE(holds("f or t and t"));
  EXPECT_TRUE(holds("s contains 'and' or t"));
}

TEST(IfTag, ReadsOddConditionsLaxly) {
  EXPECT_TRUE(holds("a == 1 && f"));
  EXPECT_TRUE(holds("a==1"));
  EXPECT_TRUE(holds("1 + 2"));
  EXPECT_TRUE(holds("s == \"abc\"  or  f"));
}

TEST(IfTag, PrintsNothingWhereAllItsBranchesAreBlank) {
  check({{"[{% if t %}  {% else %} {% endif %}]", "[]"}, {"[{% if t %} x {% endif %}]", "[ x ]"}},
        kGlobals);
}

TEST(IfTag, RefusesWhatIsNoCondition) {
  check_refusals({{"{% if %}{% endif %}", "Syntax Error in tag 'if'"},
                  {"{% if a =! 1 %}{% endif %}", "Unknown operator =!"},
                  {"{% if s < 1 %}{% endif %}", "comparison of String with 1 failed"},
                  {"{% if a < s %}{% endif %}", "comparison of Integer with String failed"},
                  {"{% if t %}{% endfor %}", "'endfor' is not a valid delimiter for if tags"},
                  {"{% if t %}", "'if' tag was never closed"}},
                 kGlobals);
}

}  // namespace
}  // namespace stet::liquid
