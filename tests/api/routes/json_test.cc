#include "api/routes/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/routes/json_reader.h"

namespace stet::api {
namespace {

using document::Data;
using ::testing::HasSubstr;

TEST(ReadingJson, GivesWhatItMeans) {
  struct Row {
    const char* text;
    Data data;
  };
  for (const Row& row : {
           Row{"null", Data()},
           Row{" true ", true},
           Row{"-7", -7},
           Row{"1.5", 1.5},
           Row{"1e2", 100.0},
           Row{"9223372036854775807", Data(INT64_MAX)},
           Row{R"("a\u00e9\n")", "a\u00e9\n"},
           Row{"[]", Data::List()},
           Row{"{}", Data::Map()},
           Row{R"([1, [2], {"a": 3}])", Data::List{1, Data::List{2}, Data::Map{{"a", 3}}}},
           Row{R"({"a": {"b": [null]}, "": 1})",
               Data::Map{{"a", Data::Map{{"b", Data::List{Data()}}}}, {"", 1}}},
       }) {
    auto parsed = parse_json(row.text);
    ASSERT_TRUE(std::holds_alternative<Data>(parsed))
        << row.text << ": " << std::get<JsonFault>(parsed).message;
    EXPECT_EQ(std::get<Data>(parsed), row.data) << row.text;
  }
}

TEST(ReadingJson, NamesThePlaceOfWhatItRefuses) {
  struct Row {
    std::string text;
    std::size_t line, column;
    const char *pointer, *says;
  };
  std::string deep = std::string(65, '[');
  for (const Row& row : {
           Row{"", 1, 1, "", "ends"},
           Row{"{\"a\": ", 1, 6, "/a", ""},
           Row{"{\"a\": 1,\n \"a\": 2}", 2, 4, "/a", "given twice"},
           Row{"{\"x\": {\"y\": [1, }]}}", 1, 17, "/x/y/1", "unexpected"},
           Row{"[1] 2", 1, 5, "", "unexpected"},
           Row{"[01]", 1, 3, "/1", "unexpected"},
           Row{"NaN", 1, 1, "", "unexpected"},
           Row{"// no\n1", 1, 1, "", "unexpected"},
           Row{"['a']", 1, 2, "/0", "unexpected"},
           Row{"{\"a/b~\": \"\xff\"}", 1, 11, "/a~1b~0", ""},
           Row{"[1e999]", 1, 6, "/0", "too large"},
           Row{"{\"a\": 9223372036854775808}", 1, 26, "/a", "beyond 64 bits"},
           Row{"[-123456789012345678901234567890]", 1, 33, "/0", "beyond 64 bits"},
           Row{deep, 1, 65, "", "deeper than 64"},
       }) {
    auto parsed = parse_json(row.text);
    ASSERT_TRUE(std::holds_alternative<JsonFault>(parsed)) << row.text;
    const JsonFault& fault = std::get<JsonFault>(parsed);
    EXPECT_EQ(fault.line, row.line) << row.text;
    EXPECT_EQ(fault.column, row.column) << row.text;
    if (row.text != deep) {
      EXPECT_EQ(fault.pointer, row.pointer) << row.text;
    }
    EXPECT_THAT(fault.message, HasSubstr(row.says)) << row.text;
    EXPECT_THAT(fault.message, Not(HasSubstr("json.exception"))) << row.text;
  }
}

TEST(ReadingJson, ByRunsIsWhatTheLibraryReads) {
  std::string all;
  for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
  std::vector<std::string> texts = {Json(all).dump(),
                                    Json(all).dump(-1, ' ', true),
                                    R"("\ud83d\ude00 \u00e9 \u0000 \/ \b\f")",
                                    R"( { "a" : [ 1 , -0 , 2.5e-3, -1E+2 ] , "" : {} } )",
                                    "[999999999999999999, 0.1, 4.9e-324, 1.7976931348623157e308]"};
  for (std::size_t size = 0; size < 40; ++size) {  // a quote at each place of a word
    texts.push_back(Json(std::string(size, 'x') + "\"" + "\u00fc").dump());
  }
  for (const std::string& text : texts) {
    auto read = read_json(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(to_json(*read), Json::parse(text)) << text;
  }
}

TEST(ReadingJson, ByRunsLeavesToTheLibraryWhatItIsNotSureOf) {
  const std::string deep = std::string(65, '[') + std::string(65, ']');
  const std::vector<std::string> texts = {"",
                                          "[1] 2",
                                          "[1,]",
                                          "[1",
                                          "{\"a\":1,\"a\":1}",
                                          "{\"a\" 1}",
                                          "{a:1}",
                                          "\"\\ud800\"",
                                          "\"\\udc00\"",
                                          "\"\\u12g4\"",
                                          "\"\\x\"",
                                          "\"a\nb\"",
                                          "\"\xff\"",
                                          "\"a",
                                          "01",
                                          "-",
                                          "1.",
                                          ".5",
                                          "1e",
                                          "+1",
                                          "1e999",
                                          "9223372036854775808",
                                          "tru",
                                          "nan",
                                          "\xef\xbb\xbf\"\"",
                                          deep};
  for (const std::string& text : texts) {
    EXPECT_FALSE(read_json(text)) << text;
  }
}

TEST(ReadingJson, EndsAtTooManyValues) {
  std::string text = "[0";
  for (std::size_t i = 0; i <= kJsonNodesMax; ++i) text += ",0";
  auto parsed = parse_json(text + "]");
  ASSERT_TRUE(std::holds_alternative<JsonFault>(parsed));
  EXPECT_THAT(std::get<JsonFault>(parsed).message, HasSubstr("more than"));
}

TEST(WritingJson, ShowsDatesAsYamlWouldReadThem) {
  Time summer{.seconds = 1602504000, .nanoseconds = 0, .offset_seconds = -4 * 3600};
  Time fine{.seconds = 0, .nanoseconds = 500'000'000, .offset_seconds = 19800};
  Data data = Data::Map{{"day", Date{2020, 10, 12}},
                        {"time", summer},
                        {"fine", fine},
                        {"utc", Time{.seconds = 0, .is_utc = true}},
                        {"bytes", std::string("\xff")}};
  EXPECT_EQ(dump(to_json(data)),
            "{\"day\":\"2020-10-12\",\"time\":\"2020-10-12 08:00:00 -0400\","
            "\"fine\":\"1970-01-01 05:30:00.5 +0530\",\"utc\":\"1970-01-01 00:00:00 +0000\","
            "\"bytes\":\"\xef\xbf\xbd\"}\n");
}

TEST(WritingJson, IsWhatTheLibraryWrites) {
  Json texts = Json::array();
  for (int c = 0; c < 256; ++c) {
    texts.push_back(std::string("a") + static_cast<char>(c) + "b");
    texts.push_back(std::string(1, static_cast<char>(c)));
  }
  const Json cases[] = {nullptr,
                        true,
                        -7,
                        1.5,
                        1e300,
                        UINT64_MAX,
                        "",
                        "plain",
                        "\u00fcn\u00efc\u00f6de \u2028 \U0001f600",
                        "half \xc3",
                        Json::array(),
                        Json::object(),
                        {{"", {1, {{"b\n\xff", nullptr}}}}, {"a", Json::array({Json::array()})}},
                        texts};
  for (const Json& json : cases) {
    std::string wanted = json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    EXPECT_EQ(dump(json), wanted);
  }
}

TEST(WritingJson, IsReadBackAsTheSame) {
  Data data =
      Data::Map{{"b", 1}, {"a", Data::List{true, Data(), 0.5, "x\"\\\n"}}, {"", Data::Map()}};
  auto parsed = parse_json(dump(to_json(data)));
  ASSERT_TRUE(std::holds_alternative<Data>(parsed));
  EXPECT_EQ(std::get<Data>(parsed), data);
}

}  // namespace
}  // namespace stet::api
