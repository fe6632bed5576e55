#include "cms/document/json_text.h"

#include <gtest/gtest.h>

#include <string>

namespace stet::document {
namespace {

TEST(JsonText, KnowsJson) {
  for (const char* text : {"{}",
                           "[]",
                           " [ 1 , -2.5e+10 , 0 , 0.1E1 ] \r\n",
                           "\"a\\u00e9\\n\"",
                           "{\"a\": {\"b\": [true, false, null]}, \"c\": \"\\\"\"}",
                           "\"\"",
                           "0"}) {
    EXPECT_TRUE(is_json(text)) << text;
  }
}

TEST(JsonText, KnowsWhatYamlTakesAndJsonDoesNot) {
  for (const char* text :
       {"",   "{a: 1}",  "{\"a\": 1,}", "[1, 2,]",   "{'a': 1}",  "[1] # c", "01",      "1.",
        ".5", "+1",      "\"\\x07\"",   "\"a\nb\"",  "\"\\u12\"", "[1",      "{\"a\"}", "NaN",
        "a",  "[1] [2]", "\"\xff\"",    "{\"a\": }", "\"abc",     "\"\\"}) {
    EXPECT_FALSE(is_json(text)) << text;
  }
}

TEST(JsonText, NestsSoDeepAndNoDeeper) {
  EXPECT_TRUE(is_json(std::string(100, '[') + std::string(100, ']')));
  EXPECT_FALSE(is_json(std::string(100'000, '[') + std::string(100'000, ']')));
}

}  // namespace
}  // namespace stet::document
