#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(DocTag, PrintsNothingAndReadsNothing) {
  check({{"a{% doc %}{{ unclosed {% if %}{% enddoc %}b", "ab"},
         {"a {%- doc -%} x {%- enddoc -%} b", "ab"}});
}

TEST(DocTag, HasToBeClosed) {
  check_refusals({{"{% doc %}a", "'doc' tag was never closed"},
                  {"{% doc x %}{% enddoc %}", "Syntax Error in 'doc'"}});
}

}  // namespace
}  // namespace stet::liquid
