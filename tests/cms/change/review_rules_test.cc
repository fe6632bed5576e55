// How many approvals a site wants: what is no number wants one all the same, and is told.

#include "cms/change/review_rules.h"

#include <gtest/gtest.h>

#include "cms/change/validate.h"
#include "cms/document/yaml.h"
#include "tests/cms/change/small_site.h"

namespace stet::change {
namespace {

TEST(ReviewRules, CountAtLeastOneWhereWhatIsSaidIsNoNumber) {
  struct Row {
    const char* review;
    std::size_t approvals;
    bool is_fault;
  };
  const Row rows[] = {{"{}", 0, false},
                      {"{approvals: 0}", 0, false},
                      {"{approvals: 2}", 2, false},
                      {"{approvals: 20}", 20, false},
                      {"{approvals: null}", 0, false},
                      {"{approvals: 21}", 20, true},
                      {"{approvals: -1}", 1, true},
                      {"{approvals: \"2\"}", 1, true},
                      {"{approvals: one}", 1, true},
                      {"{approvals: 1.5}", 1, true},
                      {"{approvals: true}", 1, true},
                      {"{approvals: [2]}", 1, true},
                      {"{approvals: 1, admins_bypass: true}", 1, false},
                      {"{approvals: 1, admins_bypass: yes please}", 1, true},
                      {"2", 1, true}};
  for (const Row& row : rows) {
    std::string text = std::string("title: S\nstet:\n  review: ") + row.review + "\n";
    Problems problems;
    document::Data parsed = document::parse_yaml(text, "_config.yml", problems);
    ReviewRules rules = review_rules_of(parsed.find("stet"));
    EXPECT_EQ(rules.approvals, row.approvals) << row.review;
    EXPECT_EQ(!rules.fault.empty(), row.is_fault) << row.review;
    SmallSite site(Files{{"_config.yml", "title: S\n"}});
    Findings findings = validate(site.site(), *RepoPath::parse("_config.yml"), text);
    ASSERT_EQ(findings.size(), row.is_fault ? 1u : 0u) << row.review;
    if (!row.is_fault) continue;
    EXPECT_EQ(findings[0].severity, Severity::kError);
    EXPECT_EQ(findings[0].line, 3u) << row.review;
  }
  EXPECT_EQ(review_rules_of(nullptr).approvals, 0u);
}

}  // namespace
}  // namespace stet::change
