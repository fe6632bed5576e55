#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(LiquidTag, ReadsEachLineAsATag) {
  check({{"{% liquid\n  assign a = 1\n\n  if a == 1\n    echo 'one'\n  endif\n%}", "one"},
         {"{% liquid\r\n  for i in (1..3)\r\n    echo i\r\n  endfor %}", "123"},
         {"{% liquid %}", ""},
         {"{% liquid\n # remark\n echo 'x' %}", "x"}});
}

TEST(LiquidTag, RefusesBlocksThatStayOpen) {
  check_refusals({{"{% liquid\n if true\n echo 1 %}", "'if' tag was never closed"},
                  {"{% liquid\n nobody %}", "Unknown tag 'nobody'"}});
}

}  // namespace
}  // namespace stet::liquid
