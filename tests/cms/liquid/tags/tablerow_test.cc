#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(TableRowTag, MakesRowsAndCells) {
  check({{"{% tablerow i in (1..3) cols:2 %}{{ i }}{% endtablerow %}",
          "<tr class=\"row1\">\n<td class=\"col1\">1</td><td class=\"col2\">2</td></tr>\n<tr "
          "class=\"row2\"><td class=\"col1\">3</td></tr>\n"},
         {"{% tablerow i in (1..4) cols:2 limit:1 offset:2 %}{{ i }}{{ tablerowloop.col_first }}"
          "{% endtablerow %}",
          "<tr class=\"row1\">\n<td class=\"col1\">3true</td></tr>\n"},
         {"{% tablerow i in nothing %}{{ i }}{% endtablerow %}", ""}});
}

TEST(TableRowTag, RefusesWhatIsNoLoop) {
  check_refusals({{"{% tablerow i %}{% endtablerow %}", "Syntax Error in 'table_row loop'"}});
}

}  // namespace
}  // namespace stet::liquid
