#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(RawTag, PrintsItsBodyAsItIs) {
  check({{"{% raw %}{{ a }} {% if %}{% endraw %}", "{{ a }} {% if %}"},
         {"{% raw %}{{ a {% endraw %}b", "{{ a b"},
         {"{% raw %}{%- endraw -%}", ""},
         {"{% raw %}{% endraw %}", ""}});
}

TEST(RawTag, HasToBeClosed) {
  check_refusals({{"{% raw %}a", "'raw' tag was never closed"},
                  {"{% raw x %}{% endraw %}", "Syntax Error in 'raw'"}});
}

}  // namespace
}  // namespace stet::liquid
