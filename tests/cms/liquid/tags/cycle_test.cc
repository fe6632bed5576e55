#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(CycleTag, TakesItsValuesInTurn) {
  check({{"{% for i in (1..5) %}{% cycle 'a', 'b', 'c' %}{% endfor %}", "abcab"},
         {"{% cycle 1, 2 %}{% cycle 1, 2 %}{% cycle 1, 2 %}", "121"},
         {"{% cycle 'one', 'two' %}{% cycle 'one', 'three' %}", "oneone"}});
}

TEST(CycleTag, SharesItsTurnByName) {
  check({{"{% cycle 'g': 'a', 'b' %}{% cycle 'g': 'c', 'd' %}", "ad"},
         {"{% cycle x: 'a', 'b' %}{% cycle x: 'a', 'b' %}{% cycle y: 'a', 'b' %}", "aba"},
         {"{% cycle 'g': 'a', 'b', 'c' %}{% cycle 'g': 'd' %}!", "a!"}},
        {{"x", Value(1)}, {"y", Value(1)}});
}

TEST(CycleTag, WithVariablesIsItsOwn) {
  check({{"{% cycle x, y %}{% cycle x, y %}", "11"}}, {{"x", Value(1)}, {"y", Value(2)}});
}

TEST(CycleTag, RefusesToHaveNoValues) {
  check_refusals({{"{% cycle %}", "Syntax Error in 'cycle'"}});
}

}  // namespace
}  // namespace stet::liquid
