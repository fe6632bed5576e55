#include "api/routes/list_filter.h"

#include <gtest/gtest.h>

#include "api/routes/sort_key.h"
#include "cms/document/yaml.h"
#include "cms/site/value_of.h"

namespace stet::api {
namespace {

liquid::Value value_of(std::string_view yaml) {
  Problems problems;
  return site::value_of(document::parse_yaml("x: " + std::string(yaml), "t", problems))
      .as_hash()
      .entries()
      .front()
      .second;
}

TimeZone zone() { return *TimeZone::find("Europe/Berlin"); }

TEST(ListFilter, ComparesAsTheValuesTypeDoes) {
  struct Row {
    const char *value, *name, *text;
    bool passes;
  };
  for (const Row& row : {
           Row{"7", "filter[x]", "7", true},
           {"7", "filter[x]", "7.0", true},
           {"'7'", "filter[x]", "7.0", false},
           {"7", "filter[x][gt]", "6.5", true},
           {"7", "filter[x][gt]", "7", false},
           {"7", "filter[x][gte]", "7", true},
           {"10", "filter[x][lt]", "9", false},
           {"'10'", "filter[x][lt]", "9", true},
           {"7", "filter[x][gt]", "six", false},
           {"7", "filter[x][lt]", "six", false},
           {"true", "filter[x]", "true", true},
           {"true", "filter[x][gt]", "false", true},
           {"abc", "filter[x][contains]", "b", true},
           {"abc", "filter[x][contains]", "B", false},
           {"7", "filter[x][contains]", "7", false},
           {"[a, bc]", "filter[x]", "bc", true},
           {"[a, bc]", "filter[x][contains]", "c", true},
           {"[a, bc]", "filter[x][ne]", "bc", false},
           {"[1, 5]", "filter[x][gt]", "4", true},
           {"b", "filter[x][in]", "a,b", true},
           {"'a,b'", "filter[x][in]", "a\\,b,c", true},
           {"c", "filter[x][in]", "a,b", false},
           {"~", "filter[x]", "", true},
           {"~", "filter[x][ne]", "a", true},
           {"~", "filter[x][lt]", "a", false},
           {"~", "filter[x][exists]", "false", true},
           {"''", "filter[x][exists]", "true", true},
           {"2020-01-02", "filter[x]", "2020-01-02", true},
           {"2020-01-02", "filter[x][gt]", "2020-01-01", true},
           {"2020-01-02", "filter[x][gte]", "2020-01-01T23:00:00Z", true},
           {"2020-01-02", "filter[x][gt]", "2020-01-01T23:00:00Z", false},
           {"2020-01-02 10:00:00 +0000", "filter[x]", "2020-01-02", true},
           {"2020-01-02 10:00:00 +0000", "filter[x]", "2020-01-02 10:00:00 +0000", true},
           {"2020-01-02 10:00:00 +0000", "filter[x]", "2020-01-02T11:00:00+01:00", true},
           {"2020-01-02 10:00:00 +0000", "filter[x][lt]", "2020-01-02T11:30", true},
           {"2020-01-02 10:00:00 +0000", "filter[x][lt]", "soon", false},
           {"{a: 1}", "filter[x]", "1", false},
           {".nan", "filter[x][lte]", "1", false},
       }) {
    auto filter = Filter::parse(row.name, row.text, zone());
    ASSERT_TRUE(filter) << filter.error().message;
    EXPECT_EQ(filter->passes(value_of(row.value)), row.passes)
        << row.value << " " << row.name << "=" << row.text;
  }
}

TEST(ListFilter, OddOnesAreRefusedInASentence) {
  std::string many(kFilterTextsMax, ',');
  for (const auto& [name, text] : std::initializer_list<std::pair<const char*, const char*>>{
           {"filter[x][is]", "1"},
           {"filter[][eq]", "1"},
           {"", "1"},
           {"filter[", "1"},
           {"filter[x", "1"},
           {"filter[x][eq][gt]", "1"},
           {"filter[x][y][gt]", "1"},
           {"filter[x][exists]", "maybe"},
           {"filter[x][in]", ""},
           {"filter[body][contains]", "x"},
           {"filter[date][lt]", "garbage"},
           {"filter[date]", "garbage"},
           {"filter[x][in]", many.c_str()}}) {
    auto filter = Filter::parse(name, text, zone());
    ASSERT_FALSE(filter) << name;
    EXPECT_EQ(filter.error().code, ErrorCode::kInvalidInput);
  }
}

TEST(ListFilter, OnlyEqualOnesHaveOneForm) {
  auto form = [](const char* name, const char* text) {
    return Filter::parse(name, text, zone())->canonical();
  };
  EXPECT_EQ(form("filter[a]", "1"), form("filter[a][eq]", "1"));
  EXPECT_NE(form("filter[a][in]", "1,2"), form("filter[a][in]", "1\\,2"));
  EXPECT_NE(form("filter[ab]", "c"), form("filter[a]", "bc"));
}

std::string key(std::string_view yaml, bool is_descending = false) {
  std::string key;
  append_sort_key(key, value_of(yaml), is_descending, zone());
  return key;
}

TEST(SortKey, OrdersBytesAsValues) {
  const char* ascending[] = {"~",
                             "false",
                             "true",
                             "-1.5",
                             "-1",
                             "0",
                             "2",
                             "10",
                             "2020-01-01",
                             "2020-01-01 00:00:01 +0100",
                             "2020-01-02",
                             "''",
                             "\"\\0\"",
                             "A",
                             "a",
                             "ab",
                             "b"};
  for (std::size_t i = 0; i + 1 < std::size(ascending); ++i) {
    EXPECT_LT(key(ascending[i]), key(ascending[i + 1])) << ascending[i];
    EXPECT_GT(key(ascending[i], true), key(ascending[i + 1], true)) << ascending[i];
  }
  EXPECT_EQ(key("2"), key("2.0"));
  EXPECT_EQ(key("0"), key("-0.0"));
  // The second value decides only where the first are equal, however long those are.
  EXPECT_LT(key("a") + key("z"), key("ab") + key("a"));
  EXPECT_GT(key("a", true) + key("a"), key("ab", true) + key("z"));
}

}  // namespace
}  // namespace stet::api
