#include "storage/outbound/address_filter.h"

#include <gtest/gtest.h>

namespace stet::storage {
namespace {

bool allows(const AddressFilter& filter, const char* text) {
  auto address = IpAddress::parse(text);
  EXPECT_TRUE(address) << text;
  return filter.allows(*address);
}

TEST(AddressFilter, RefusesWhatIsNoPublicMachine) {
  for (const char* refused : {
           "0.0.0.0",
           "0.1.2.3",
           "10.0.0.1",
           "10.255.255.255",
           "100.64.0.1",
           "100.127.1.1",
           "127.0.0.1",
           "127.255.255.254",
           "169.254.169.254",
           "169.254.0.1",
           "172.16.0.1",
           "172.31.255.255",
           "192.0.0.8",
           "192.0.2.1",
           "192.88.99.1",
           "192.168.1.1",
           "198.18.0.1",
           "198.19.255.255",
           "198.51.100.7",
           "203.0.113.7",
           "224.0.0.1",
           "239.1.1.1",
           "240.0.0.1",
           "255.255.255.255",
           "::",
           "::1",
           "::7f00:1",
           "::ffff:127.0.0.1",
           "::ffff:8.8.8.8",
           "64:ff9b::1",
           "64:ff9b::8.8.8.8",
           "64:ff9b:1::1",
           "100::1",
           "fc00::1",
           "fd00:ec2::254",
           "fe80::1",
           "fec0::1",
           "ff02::1",
           "2001::1",
           "2001:1ff::1",
           "2001:db8::1",
           "2002:7f00:1::",
           "2002:808:808::1",
           "3fff::1",
           "4000::1",
           "1fff::1",
       }) {
    EXPECT_FALSE(allows(AddressFilter(), refused)) << refused;
  }
}

TEST(AddressFilter, AllowsThePublicInternet) {
  for (const char* allowed : {"8.8.8.8",
                              "1.1.1.1",
                              "100.63.255.255",
                              "100.128.0.1",
                              "126.1.1.1",
                              "128.0.0.1",
                              "172.15.0.1",
                              "172.32.0.1",
                              "192.0.1.1",
                              "198.17.0.1",
                              "198.20.0.1",
                              "223.255.255.254",
                              "2001:200::1",
                              "2001:4860::8888",
                              "2606:4700::1111",
                              "2a00:1450::1",
                              "3ffe::1"}) {
    EXPECT_TRUE(allows(AddressFilter(), allowed)) << allowed;
  }
}

TEST(AddressFilter, AllowsWhatTheOperatorNames) {
  AddressFilter filter({*Network::parse("10.1.0.0/16"),
                        *Network::parse("fd00:1::/32"),
                        *Network::parse("127.0.0.1")});
  for (const char* allowed : {"10.1.0.0", "10.1.255.255", "fd00:1:2::3", "127.0.0.1", "8.8.8.8"}) {
    EXPECT_TRUE(allows(filter, allowed)) << allowed;
  }
  for (const char* refused : {"10.2.0.0", "fd00:2::1", "127.0.0.2", "::ffff:127.0.0.1"}) {
    EXPECT_FALSE(allows(filter, refused)) << refused;
  }
}

}  // namespace
}  // namespace stet::storage
