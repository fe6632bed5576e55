#include "api/oidc/flows.h"

#include <gtest/gtest.h>

#include "tests/api/routes/world.h"

namespace stet::oidc {
namespace {

class FlowsTest : public ::testing::Test {
 protected:
  std::string add(const std::string& state, const std::string& address = "192.0.2.1") {
    auto cookie = flows_.add({.state = state}, address);
    return cookie ? *cookie : "";
  }

  ManualClock clock_{Instant{1000}};
  api::DistinctRandom random_;
  Flows flows_{clock_, random_};
};

TEST_F(FlowsTest, AreTakenOnceByCookieAndState) {
  std::string cookie = add("a");
  EXPECT_EQ(cookie.size(), 43u);
  EXPECT_FALSE(flows_.take(cookie, "b"));
  EXPECT_FALSE(flows_.take(add("b"), "a"));
  auto flow = flows_.take(cookie, "a");
  ASSERT_TRUE(flow);
  EXPECT_FALSE(flows_.take(cookie, "a"));
  flows_.put_back(cookie, *flow, "192.0.2.1");
  EXPECT_TRUE(flows_.take(cookie, "a"));
}

TEST_F(FlowsTest, AreForgottenAfterTenMinutes) {
  std::string cookie = add("a");
  clock_.advance_seconds(Flows::kSeconds - 1);
  auto flow = flows_.take(cookie, "a");
  ASSERT_TRUE(flow);
  flows_.put_back(cookie, *flow, "192.0.2.1");
  clock_.advance_seconds(1);
  EXPECT_FALSE(flows_.take(cookie, "a"));
  EXPECT_EQ(flows_.size(), 0u);
  flows_.put_back(cookie, *flow, "192.0.2.1");
  EXPECT_EQ(flows_.size(), 0u);
}

TEST_F(FlowsTest, OfOneAddressAreSoManyThatOthersHaveRoom) {
  std::string ours = add("ours", "198.51.100.1"), first = add("first", "2001:db8::1");
  for (std::size_t i = 0; i < Flows::kPerAddressMax; ++i) {
    EXPECT_NE(add("x", "2001:db8::" + std::to_string(i + 2)), "");
  }
  EXPECT_EQ(flows_.size(), Flows::kPerAddressMax + 1);
  EXPECT_FALSE(flows_.take(first, "first")) << "the oldest of the address";
  EXPECT_TRUE(flows_.take(ours, "ours"));
}

TEST_F(FlowsTest, AreSoManyAtMost) {
  for (std::size_t i = 0; i < Flows::kFlowsMax; ++i) {
    ASSERT_NE(add("x", "host" + std::to_string(i)), "");
  }
  EXPECT_EQ(add("x", "one more"), "");
  clock_.advance_seconds(Flows::kSeconds);
  EXPECT_NE(add("x", "one more"), "");
  EXPECT_EQ(flows_.size(), 1u);
}

}  // namespace
}  // namespace stet::oidc
