#include "storage/base/uuid.h"

#include <gtest/gtest.h>

namespace stet {
namespace {

// As Python's uuid.uuid5(uuid.NAMESPACE_URL, name) has them.
TEST(Uuid, OfANameIsTheSameEverywhere) {
  EXPECT_EQ(uuid_of_url("https://example.org/"), "527dda32-a0de-5105-a042-cb475b5f7d11");
  EXPECT_EQ(uuid_of_url(""), "1b4db7eb-4057-5ddf-91e0-36dec72071f5");
  EXPECT_EQ(uuid_of_url("_schedule/opening.md"), "08643f80-6d98-58e7-bef2-e2c9211af204");
}

}  // namespace
}  // namespace stet
