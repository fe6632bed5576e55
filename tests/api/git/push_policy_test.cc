#include "api/git/push_policy.h"

#include <gtest/gtest.h>

namespace stet::git {
namespace {

using change::Check;

change::PushProblem found(Check check, Severity severity) {
  return {check, {severity, "x.md", 1, 1, "m"}};
}

TEST(PushPolicy, RefusesMistakesAndLostCommitsUnlessToldOtherwise) {
  PushPolicy policy;
  EXPECT_EQ(policy.of(found(Check::kDocuments, Severity::kError)), PushAction::kRefuse);
  EXPECT_EQ(policy.of(found(Check::kSchedule, Severity::kError)), PushAction::kRefuse);
  EXPECT_EQ(policy.of(found(Check::kSchemas, Severity::kError)), PushAction::kRefuse);
  EXPECT_EQ(policy.of(found(Check::kDocuments, Severity::kWarning)), PushAction::kWarn);
  EXPECT_EQ(policy.of(found(Check::kLinks, Severity::kWarning)), PushAction::kWarn);
  EXPECT_EQ(policy.force, PushAction::kRefuse);
  EXPECT_EQ(policy.deletion, PushAction::kRefuse);
}

TEST(PushPolicy, EachCheckHasItsOwnAction) {
  PushPolicy policy;
  ASSERT_TRUE(policy.set("data", "off"));
  ASSERT_TRUE(policy.set("links", "refuse"));
  ASSERT_TRUE(policy.set("schemas", "warn"));
  EXPECT_EQ(policy.of(found(Check::kSchemas, Severity::kError)), PushAction::kWarn);
  ASSERT_TRUE(policy.set("warnings", "refuse"));
  EXPECT_EQ(policy.of(found(Check::kData, Severity::kError)), PushAction::kOff);
  EXPECT_EQ(policy.of(found(Check::kData, Severity::kWarning)), PushAction::kOff);
  EXPECT_EQ(policy.of(found(Check::kLinks, Severity::kWarning)), PushAction::kRefuse);
  EXPECT_EQ(policy.of(found(Check::kConfig, Severity::kWarning)), PushAction::kRefuse);
}

TEST(PushPolicy, IsReadAsItIsWritten) {
  PushPolicy policy;
  for (const char* name : {"documents", "schedule", "force", "delete"}) {
    ASSERT_TRUE(policy.set(name, "warn"));
  }
  auto read = PushPolicy::parse(policy.string());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(*read, policy);
  EXPECT_EQ(PushPolicy::parse("").value(), PushPolicy());
}

TEST(PushPolicy, NamesWhatItDoesNotKnow) {
  struct {
    const char* text;
    const char* wanted;
  } cases[] = {
      {"documants=off", "there is no check 'documants' of pushes; there are documents,"},
      {"data=no", "'no' is nothing that 'data' can be: refuse, warn or off"},
      {"data", "'data' is no 'check=action'"},
  };
  for (const auto& c : cases) {
    auto policy = PushPolicy::parse(c.text);
    ASSERT_FALSE(policy) << c.text;
    EXPECT_EQ(policy.error().message.find(c.wanted), 0u) << policy.error().message;
  }
}

}  // namespace
}  // namespace stet::git
