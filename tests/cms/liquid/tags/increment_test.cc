#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(IncrementTag, CountsUpFromNought) {
  check({{"{% increment n %}{% increment n %}{% increment m %}", "010"},
         {"{% assign n = 'x' %}{% increment n %}{{ n }}", "0x"}});
}

}  // namespace
}  // namespace stet::liquid
