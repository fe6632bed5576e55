#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(DecrementTag, CountsDownFromNought) {
  check({{"{% decrement n %}{% decrement n %}", "-1-2"},
         {"{% increment n %}{% increment n %}{% decrement n %}", "011"}});
}

}  // namespace
}  // namespace stet::liquid
