#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(EchoTag, PrintsAnExpressionWithItsFilters) {
  check({{"{% echo 'a' | upcase %}", "A"}, {"{% echo nothing %}", ""}, {"{% echo %}", ""}});
}

}  // namespace
}  // namespace stet::liquid
