#include "storage/base/ip_address.h"

#include <gtest/gtest.h>

namespace stet {
namespace {

TEST(Network, IsReadWhole) {
  EXPECT_EQ(Network::parse("172.16.0.0/12")->bits, 12u);
  EXPECT_EQ(Network::parse("::1")->bits, 128u);
  EXPECT_TRUE(Network::parse("0.0.0.0/0")->contains(*IpAddress::parse("9.9.9.9")));
  for (const char* wrong : {"",
                            "10.0.0.0/33",
                            "10.0.0.0/",
                            "10.0.0.0/x",
                            "10.0.0.0/8 ",
                            "10/8",
                            "::/129",
                            "localhost",
                            "010.0.0.1",
                            "10.0.0.0/-1"}) {
    EXPECT_EQ(Network::parse(wrong).error().code, ErrorCode::kInvalidInput) << wrong;
  }
  EXPECT_NE(Network::parse("10.1.2.3/16").error().message.find("10.1.0.0/16"), std::string::npos);
}

TEST(IpAddress, ThatComesAsTheOtherProtocolIsItself) {
  for (const auto& [text, own] : {std::pair("::ffff:192.0.2.1", "192.0.2.1"),
                                  std::pair("192.0.2.1", "192.0.2.1"),
                                  std::pair("::192.0.2.1", "::192.0.2.1"),
                                  std::pair("2001:0DB8:0::1", "2001:db8::1")}) {
    EXPECT_EQ(IpAddress::parse(text)->unmapped().string(), own) << text;
  }
}

TEST(IpAddress, IsOfAGroupWithAllThatOneMachineMayHave) {
  EXPECT_EQ(address_group("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_NE(address_group("::ffff:192.0.2.1"), address_group("::ffff:192.0.2.2"));
  EXPECT_EQ(address_group("2001:db8:0:1::1"), address_group("2001:db8:0:1:ffff::2"));
  EXPECT_NE(address_group("2001:db8:0:1::1"), address_group("2001:db8:0:2::1"));
  EXPECT_EQ(address_group(std::string(100, 'x')), std::string(60, 'x'));
}

TEST(IpAddress, IsLookedForInNetworksAsItself) {
  const std::vector<Network> networks = {*Network::parse("127.0.0.1"),
                                         *Network::parse("10.0.0.0/8"),
                                         *Network::parse("::ffff:192.0.2.1"),
                                         *Network::parse("::ffff:198.51.100.0/120"),
                                         *Network::parse("fd00::/8")};
  for (const char* in : {"127.0.0.1",
                         "::ffff:127.0.0.1",
                         "10.9.8.7",
                         "fd12::3",
                         "192.0.2.1",
                         "::ffff:192.0.2.1",
                         "198.51.100.9"}) {
    EXPECT_TRUE(is_in_any(networks, in)) << in;
  }
  for (const char* out :
       {"127.0.0.2", "192.0.2.2", "198.51.101.9", "::1", "11.0.0.1", "localhost", ""}) {
    EXPECT_FALSE(is_in_any(networks, out)) << out;
  }
}

}  // namespace
}  // namespace stet
