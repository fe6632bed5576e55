#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(BreakTag, EndsTheInnermostLoop) {
  check({{"{% for i in (1..5) %}{% if i == 3 %}{% break %}{% endif %}{{ i }}{% endfor %}!", "12!"},
         {"{% for i in (1..2) %}{% for j in (1..3) %}{% break %}{% endfor %}{{ i }}{% endfor %}",
          "12"},
         {"{% for i in (1..3) %}{{ i }}{% break %}{% endfor %}", "1"}});
}

TEST(BreakTag, OutsideALoopEndsThePage) { check({{"a{% break %}b", "a"}}); }

}  // namespace
}  // namespace stet::liquid
