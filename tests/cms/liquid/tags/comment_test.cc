#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(CommentTag, PrintsNothing) {
  check({{"a{% comment %}b{{ c }}{% endcomment %}d", "ad"},
         {"{% comment %}{% comment %}x{% endcomment %}y{% endcomment %}z", "z"},
         {"{% comment %}{% nobody knows this %}{% endcomment %}z", "z"},
         {"{% comment %}{% assign a = 1 %}{% endcomment %}[{{ a }}]", "[]"}});
}

TEST(CommentTag, HasToBeClosed) {
  check_refusals({{"{% comment %}a", "'comment' tag was never closed"}});
}

}  // namespace
}  // namespace stet::liquid
