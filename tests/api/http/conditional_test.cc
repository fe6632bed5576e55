#include "api/http/conditional.h"

#include <gtest/gtest.h>

namespace stet::http {
namespace {

using Kind = RangeAnswer::Kind;

TEST(EntityTags, AreReadFromLists) {
  const std::pair<const char*, std::vector<EntityTag>> kCases[] = {
      {"\"a\"", {{"a", false}}},
      {"W/\"a\"", {{"a", true}}},
      {" \"a\" , W/\"b\",\"c,d\" ", {{"a", false}, {"b", true}, {"c,d", false}}},
      {",, \"a\",", {{"a", false}}},
      {"\"\"", {{"", false}}},
  };
  for (const auto& [text, expected] : kCases) {
    const auto parsed = parse_entity_tags(text);
    ASSERT_TRUE(parsed) << text;
    EXPECT_FALSE(parsed->is_any) << text;
    EXPECT_EQ(parsed->tags, expected) << text;
  }
  EXPECT_TRUE(parse_entity_tags(" * ")->is_any);
}

TEST(EntityTags, AreRefusedWhereTheyAreNone) {
  for (const char* text : {"",
                           ",",
                           "\"",
                           "a",
                           "\"a",
                           "w/\"a\"",
                           "\"a\" \"b\"",
                           "\"a b\"",
                           "*, \"a\"",
                           "\"a\"x",
                           "W/"}) {
    EXPECT_FALSE(parse_entity_tags(text)) << text;
  }
}

TEST(EntityTags, HaveALimit) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "\"a\",";
  EXPECT_FALSE(parse_entity_tags(text));
}

TEST(EntityTags, CompareStronglyAndWeakly) {
  const EntityTag strong{"a", false}, weak{"a", true}, other{"b", false};
  EXPECT_TRUE(matches_strongly(strong, strong));
  EXPECT_FALSE(matches_strongly(strong, weak));
  EXPECT_FALSE(matches_strongly(weak, weak));
  EXPECT_TRUE(matches_weakly(strong, weak));
  EXPECT_FALSE(matches_weakly(strong, other));
  EXPECT_EQ(quoted(weak), "W/\"a\"");
}

struct ReadCase {
  std::vector<std::pair<const char*, const char*>> fields;
  Condition expected;
};

Headers headers_of(const std::vector<std::pair<const char*, const char*>>& fields) {
  Headers headers;
  for (const auto& [name, value] : fields) headers.add(name, value);
  return headers;
}

constexpr const char* kBefore = "Sun, 06 Nov 1994 08:49:36 GMT";
constexpr const char* kThen = "Sun, 06 Nov 1994 08:49:37 GMT";

TEST(ConditionOfRead, FollowsTheOrderOfTheStandard) {
  const ReadCase kCases[] = {
      {{}, Condition::kProceed},
      {{{"If-None-Match", "\"v\""}}, Condition::kNotModified},
      {{{"If-None-Match", "W/\"v\""}}, Condition::kNotModified},
      {{{"If-None-Match", "*"}}, Condition::kNotModified},
      {{{"If-None-Match", "\"x\""}}, Condition::kProceed},
      {{{"If-None-Match", "\"x\""}, {"If-None-Match", "\"v\""}}, Condition::kNotModified},
      {{{"If-None-Match", "\""}}, Condition::kProceed},
      {{{"If-Modified-Since", kThen}}, Condition::kNotModified},
      {{{"If-Modified-Since", kBefore}}, Condition::kProceed},
      {{{"If-Modified-Since", "yesterday"}}, Condition::kProceed},
      {{{"If-None-Match", "\"x\""}, {"If-Modified-Since", kThen}}, Condition::kProceed},
      {{{"If-Match", "\"v\""}}, Condition::kProceed},
      {{{"If-Match", "\"x\""}}, Condition::kPreconditionFailed},
      {{{"If-Match", "W/\"v\""}}, Condition::kPreconditionFailed},
      {{{"If-Match", "v"}}, Condition::kMalformed},
      {{{"If-Unmodified-Since", kBefore}}, Condition::kPreconditionFailed},
      {{{"If-Unmodified-Since", kThen}}, Condition::kProceed},
      {{{"If-Match", "*"}, {"If-Unmodified-Since", kBefore}}, Condition::kProceed},
  };
  for (const ReadCase& one : kCases) {
    const Condition condition =
        condition_of_read(headers_of(one.fields), {"v", false}, Instant{784111777});
    EXPECT_EQ(condition, one.expected) << (one.fields.empty() ? "" : one.fields[0].second);
  }
}

TEST(ConditionOfWrite, NeedsTheVersionThatWasSeen) {
  const std::optional<EntityTag> there = EntityTag{"v", false}, nothing;
  const auto check = [](std::vector<std::pair<const char*, const char*>> fields,
                        const std::optional<EntityTag>& tag) {
    return condition_of_write(headers_of(fields), tag);
  };
  EXPECT_EQ(check({{"If-Match", "\"v\""}}, there), Condition::kProceed);
  EXPECT_EQ(check({{"If-Match", "\"x\""}}, there), Condition::kPreconditionFailed);
  EXPECT_EQ(check({{"If-Match", "*"}}, nothing), Condition::kPreconditionFailed);
  EXPECT_EQ(check({{"If-None-Match", "*"}}, there), Condition::kPreconditionFailed);
  EXPECT_EQ(check({{"If-None-Match", "*"}}, nothing), Condition::kProceed);
  EXPECT_EQ(check({{"If-None-Match", "?"}}, nothing), Condition::kMalformed);
  EXPECT_EQ(check({}, nothing), Condition::kProceed);
}

TEST(Range, IsOnePartOrTheWhole) {
  const std::tuple<const char*, std::uint64_t, Kind, ByteRange> kCases[] = {
      {"bytes=0-0", 10, Kind::kPart, {0, 1}},
      {"bytes=0-9", 10, Kind::kPart, {0, 10}},
      {"bytes=5-", 10, Kind::kPart, {5, 5}},
      {"bytes=5-999", 10, Kind::kPart, {5, 5}},
      {"Bytes=-3", 10, Kind::kPart, {7, 3}},
      {"bytes=-30", 10, Kind::kPart, {0, 10}},
      {"bytes=0-99999999999999999999999", 10, Kind::kPart, {0, 10}},
      {"bytes=10-", 10, Kind::kUnsatisfiable, {}},
      {"bytes=-0", 10, Kind::kUnsatisfiable, {}},
      {"bytes=0-", 0, Kind::kUnsatisfiable, {}},
      {"bytes=-1", 0, Kind::kUnsatisfiable, {}},
      {"bytes=9-1", 10, Kind::kWhole, {}},
      {"bytes=9-1,a", 10, Kind::kWhole, {}},
      {"bytes=0-1,3-4", 10, Kind::kWhole, {}},
      {"bytes=a-b", 10, Kind::kWhole, {}},
      {"bytes=-", 10, Kind::kWhole, {}},
      {"bytes=", 10, Kind::kWhole, {}},
      {"bytes= 0-1", 10, Kind::kWhole, {}},
      {"lines=0-1", 10, Kind::kWhole, {}},
      {"", 10, Kind::kWhole, {}},
  };
  for (const auto& [text, size, kind, range] : kCases) {
    const RangeAnswer answer = parse_range(text, size);
    EXPECT_EQ(answer.kind, kind) << text;
    EXPECT_EQ(answer.range, range) << text;
  }
  EXPECT_EQ(content_range({5, 5}, 10), "bytes 5-9/10");
}

TEST(Range, HoldsOnlyForTheVersionThatIfRangeNames) {
  const auto kind = [](const char* condition) {
    return range_of_read(headers_of({{"Range", "bytes=0-1"}, {"If-Range", condition}}),
                         {"v", false},
                         Instant{784111777},
                         10)
        .kind;
  };
  EXPECT_EQ(kind("\"v\""), Kind::kPart);
  EXPECT_EQ(kind("\"x\""), Kind::kWhole);
  EXPECT_EQ(kind("W/\"v\""), Kind::kWhole);
  EXPECT_EQ(kind(kThen), Kind::kPart);
  EXPECT_EQ(kind(kBefore), Kind::kWhole);
  EXPECT_EQ(kind("nonsense"), Kind::kWhole);
}

}  // namespace
}  // namespace stet::http
