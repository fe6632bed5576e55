#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(CaptureTag, KeepsWhatItsBodyPrints) {
  check({{"{% capture a %}x{{ 1 }}{% endcapture %}[{{ a }}]", "[x1]"},
         {"{% capture 'a' %}x{% endcapture %}{{ a }}", "x"},
         {"{% capture a %}{% capture b %}in{% endcapture %}{{ b }}{{ b }}{% endcapture %}{{ a }}",
          "inin"}});
}

TEST(CaptureTag, RefusesToHaveNoName) {
  check_refusals({{"{% capture %}x{% endcapture %}", "Syntax Error in 'capture'"},
                  {"{% capture a %}x", "'capture' tag was never closed"}});
}

}  // namespace
}  // namespace stet::liquid
