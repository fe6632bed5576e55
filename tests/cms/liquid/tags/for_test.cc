#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

const Globals kGlobals = {{"list", texts({"a", "b", "c", "d"})},
                          {"hash", make_hash({{"k", Value(1)}, {"l", Value(2)}})},
                          {"none", make_array({})},
                          {"word", text("word")},
                          {"n", Value(2)}};

TEST(ForTag, VisitsItemsPairsRangesAndWords) {
  check({{"{% for i in list %}{{ i }}{% endfor %}", "abcd"},
         {"{% for p in hash %}{{ p[0] }}={{ p[1] }};{% endfor %}", "k=1;l=2;"},
         {"{% for i in (1..3) %}{{ i }}{% endfor %}", "123"},
         {"{% for i in (n..'4') %}{{ i }}{% endfor %}", "234"},
         {"{% for i in (3..1) %}{{ i }}{% endfor %}!", "!"},
         {"{% for i in word %}{{ i }}{% endfor %}", "word"},
         {"{% for i in 5 %}{{ i }}{% else %}none{% endfor %}", "none"}},
        kGlobals);
}

TEST(ForTag, TakesThePartThatIsAskedFor) {
  check({{"{% for i in list limit:2 %}{{ i }}{% endfor %}", "ab"},
         {"{% for i in list limit: n offset: 1 %}{{ i }}{% endfor %}", "bc"},
         {"{% for i in list reversed %}{{ i }}{% endfor %}", "dcba"},
         {"{% for i in list reversed limit:2 offset:1 %}{{ i }}{% endfor %}", "cb"},
         {"{% for i in list limit:0 %}{{ i }}{% else %}-{% endfor %}", "-"},
         {"{% for i in list offset:9 %}{{ i }}{% else %}-{% endfor %}", "-"},
         {"{% for i in list limit:-1 %}{{ i }}{% else %}-{% endfor %}", "-"}},
        kGlobals);
}

TEST(ForTag, ContinuesWhereTheLastLoopOfItsNameEnded) {
  check({{"{% for i in list limit:1 %}{{ i }}{% endfor %}-"
          "{% for i in list limit:2 offset:continue %}{{ i }}{% endfor %}-"
          "{% for i in list offset:continue %}{{ i }}{% endfor %}",
          "a-bc-d"},
         {"{% for i in list limit:3 %}{{ i }}{% break %}{% endfor %}"
          "{% for i in list offset:continue %}{{ i }}{% endfor %}",
          "ad"}},
        kGlobals);
}

TEST(ForTag, KnowsWhereItIs) {
  check({{"{% for i in list limit:2 %}{{ forloop.index }}{{ forloop.index0 }}{{ forloop.rindex }}"
          "{{ forloop.rindex0 }}{{ forloop.length }}{{ forloop.first }}{{ forloop.last }};{% "
          "endfor %}",
          "10212truefalse;21102falsetrue;"},
         {"{% for i in (1..2) %}{% for j in (1..2) %}{{ forloop.parentloop.index }}{{ "
          "forloop.index }} "
          "{% endfor %}{% endfor %}",
          "11 12 21 22 "},
         {"{% for i in list limit:1 %}{{ forloop.name }}{% endfor %}", "i-list"},
         {"{% for i in list %}{% endfor %}[{{ forloop.index }}{{ i }}]", "[]"}},
        kGlobals);
}

TEST(ForTag, PrintsNothingWhereItsBodyIsBlank) {
  check({{"{% for i in list %} {% assign x = i %} {% endfor %}{{ x }}", "d"}}, kGlobals);
}

TEST(ForTag, ReadsOddMarkupLaxly) {
  check({{"{% for i in list, limit:2 %}{{ i }}{% endfor %}", "ab"},
         {"{% for i in list limit:1 sort:x %}{{ i }}{% endfor %}", "a"}},
        kGlobals);
}

TEST(ForTag, RefusesWhatIsNoLoop) {
  check_refusals({{"{% for i of list %}{% endfor %}", "Syntax Error in 'for loop'"},
                  {"{% for i in list limit: hash %}{{ i }}{% endfor %}", "a number is wanted"},
                  {"{% for i in (1.5..x) %}{% endfor %}", ""},
                  {"{% for i in list %}", "'for' tag was never closed"}},
                 {{"list", texts({"a"})}, {"hash", make_hash({})}, {"x", Value(2.5)}});
}

}  // namespace
}  // namespace stet::liquid
