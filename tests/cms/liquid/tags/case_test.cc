#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(CaseTag, RendersTheBranchThatMatches) {
  check({{"{% case n %}{% when 1 %}one{% when 2 %}two{% else %}many{% endcase %}", "two"},
         {"{% case n %}{% when 1, 2 %}few{% endcase %}", "few"},
         {"{% case n %}{% when 1 or 2 %}few{% endcase %}", "few"},
         {"{% case 'a' %}{% when \"a\" %}yes{% endcase %}", "yes"},
         {"{% case n %}{% when 9 %}nine{% else %}other{% endcase %}", "other"},
         {"{% case n %}{% when 9 %}nine{% endcase %}", ""}},
        {{"n", Value(2)}});
}

TEST(CaseTag, RendersEveryBranchThatMatchesAsLiquid4Does) {
  check({{"{% case 1 %}{% when 1 %}a{% when 1 %}b{% else %}c{% endcase %}", "ab"},
         {"{% case 1 %}{% when 1, 1 %}a{% endcase %}", "aa"}});
}

TEST(CaseTag, PrintsNothingBeforeItsFirstBranch) {
  check({{"{% case 1 %} text {% when 1 %}a{% endcase %}", "a"}});
}

TEST(CaseTag, RefusesEmptyMarkup) {
  check_refusals({{"{% case %}{% endcase %}", "Syntax Error in 'case'"},
                  {"{% case 1 %}{% when %}{% endcase %}", "Valid when condition"},
                  {"{% case 1 %}{% else x %}{% endcase %}", "Valid else condition"}});
}

}  // namespace
}  // namespace stet::liquid
