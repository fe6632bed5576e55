#include "api/webhooks/subscription.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stet::webhooks {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Subscription, TakesTypesByNameAndByPattern) {
  struct Row {
    const char *patterns, *type;
    bool is_wanted;
  };
  for (const Row& row : {Row{"", "entry.created", true},
                         Row{"*", "site.published", true},
                         Row{"entry.*", "entry.moved", true},
                         Row{"entry.*", "site.published", false},
                         Row{"entry.created site.published", "site.published", true},
                         Row{"entry.created", "entry.updated", false},
                         Row{"site.published", "events.skipped", true}}) {
    EXPECT_EQ(wants_type(row.patterns, row.type), row.is_wanted) << row.patterns << " " << row.type;
  }
}

TEST(Subscription, TakesResourcesByName) {
  EXPECT_TRUE(wants_resource("", "files"));
  EXPECT_TRUE(wants_resource("posts schedule/sessions", "schedule/sessions"));
  EXPECT_FALSE(wants_resource("posts", "drafts"));
}

TEST(Subscription, NamesWhatThereIsWhereAWordIsWrong) {
  for (std::string_view type : event_types()) EXPECT_TRUE(check_type(type)) << type;
  for (const char* pattern : {"*", "entry.*", "site.*", "change.*"})
    EXPECT_TRUE(check_type(pattern));
  for (const char* wrong : {"", "entry", "entry.", "post.updated", "e*", "webhook.ping"}) {
    Status checked = check_type(wrong);
    ASSERT_FALSE(checked) << wrong;
    EXPECT_THAT(checked.error().message, HasSubstr("entry.created"));
  }
  EXPECT_TRUE(check_resource("schedule/sessions"));
  EXPECT_THAT(check_resource("post").error().message, HasSubstr("posts"));
}

TEST(Subscription, WordsGoThereAndBack) {
  EXPECT_THAT(words_of("a b  c "), ElementsAre("a", "b", "c"));
  EXPECT_THAT(words_of(""), IsEmpty());
  EXPECT_EQ(joined({"a", "b"}), "a b");
}

}  // namespace
}  // namespace stet::webhooks
