#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(InlineCommentTag, PrintsNothing) {
  check(
      {{"a{% # a remark %}b", "ab"}, {"a {%- # x -%} b", "ab"}, {"{% #\n# two\n# lines %}x", "x"}});
}

TEST(InlineCommentTag, RefusesALineThatIsNoComment) {
  check_refusals({{"{% # one\n two %}", "must be prefixed"}});
}

}  // namespace
}  // namespace stet::liquid
