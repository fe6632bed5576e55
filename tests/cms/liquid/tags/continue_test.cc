#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(ContinueTag, GoesOnWithTheNextItem) {
  check({{"{% for i in (1..3) %}{% if i == 2 %}{% continue %}{% endif %}{{ i }}{% endfor %}", "13"},
         {"{% for i in (1..2) %}{% continue %}never{% endfor %}!", "!"}});
}

}  // namespace
}  // namespace stet::liquid
