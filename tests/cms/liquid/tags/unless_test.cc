#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(UnlessTag, TurnsItsFirstConditionRound) {
  check({{"{% unless false %}a{% endunless %}", "a"},
         {"{% unless true %}a{% else %}b{% endunless %}", "b"},
         {"{% unless true %}a{% elsif true %}b{% endunless %}", "b"},
         {"{% unless true %}a{% elsif false %}b{% endunless %}", ""}});
}

}  // namespace
}  // namespace stet::liquid
