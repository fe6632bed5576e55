#include "cms/schema/moment.h"

#include <gtest/gtest.h>

#include "tests/cms/schema/yaml_of.h"

namespace stet::schema {
namespace {

using document::Data;

const Time kNow{1717243200, 0, 7200, false};  // 2024-06-01T14:00:00+02:00

TEST(FillInitial, GivesWhatIsAbsentAndNothingElse) {
  Schema schema = schema_of(
      "{name: a, type: text, default: x}, {name: b, type: list, default: [1]},"
      "{name: c, type: date, default: today}, {name: d, type: date, default: now},"
      "{name: e, type: text}, {name: f, type: text, default: y}, {name: g, type: text, default: z},"
      "{name: o, type: object, fields: [{name: p, type: number, default: 7}]}");
  Data map = yaml("{f: mine, g: ~, o: {}}");
  fill_initial(schema, map, kNow);
  EXPECT_EQ(document::to_string(map),
            document::to_string(yaml("{f: mine, g: ~, o: {p: 7}, a: x, b: [1], c: 2024-06-01, "
                                     "d: 2024-06-01 14:00:00 +0200}")));
}

TEST(ReadDates, MakesTextsOfDateFieldsDates) {
  Schema schema = schema_of(
      "{name: a, type: date}, {name: b, type: text}, {name: l, type: list, of: date},"
      "{name: o, type: object, fields: [{name: p, type: date}]}");
  Data asked = yaml(
      "{a: '2024-06-01', b: '2024-06-01', l: ['2024-06-01', 'soon'], "
      "o: {p: '2024-06-01 14:00:00 +0200'}}");
  read_dates(schema.fields, asked, nullptr);
  EXPECT_EQ(asked,
            yaml("{a: 2024-06-01, b: '2024-06-01', l: [2024-06-01, 'soon'], "
                 "o: {p: 2024-06-01 14:00:00 +0200}}"));
  // What the file has in quotes stays a text.
  Data there = yaml("{a: '2024-05-01'}"), again = yaml("{a: '2024-06-01'}");
  read_dates(schema.fields, again, &there);
  EXPECT_TRUE(again.find("a")->is_string());
}

TEST(IsEarlier, ComparesInstantsAndWholeDays) {
  EXPECT_TRUE(is_earlier("2020-01-01", "2020-01-02"));
  EXPECT_FALSE(is_earlier("2020-01-01 10:00:00 +0000", "2020-01-01"));
  EXPECT_TRUE(is_earlier("2020-01-01T10:00+02:00", "2020-01-01T08:00:01Z"));
  EXPECT_FALSE(is_earlier("2020-01-01T10:00-0230", "2020-01-01T12:30Z"));
}

}  // namespace
}  // namespace stet::schema
