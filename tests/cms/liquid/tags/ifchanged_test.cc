#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(IfChangedTag, PrintsWhatDiffersFromTheLastTime) {
  check({{"{% for i in list %}{% ifchanged %}{{ i }}{% endifchanged %}{% endfor %}", "aba"}},
        {{"list", texts({"a", "a", "b", "b", "a"})}});
}

}  // namespace
}  // namespace stet::liquid
