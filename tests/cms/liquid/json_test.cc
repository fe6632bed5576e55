#include "cms/liquid/convert.h"
#include "cms/liquid/drop.h"
#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

std::string json(const Value& value, JsonStyle style = JsonStyle::kCompact) {
  PlainHost host;
  std::string out;
  append_json(out, value, host, style);
  return out;
}

// A document whose neighbour is itself.
class Ring final : public Drop {
 public:
  Value get(std::string_view key, Host&) const override {
    if (key == "next") return Value(Ref<Drop>(this));
    return has(key) ? Value(std::string(key)) : Value();
  }
  std::vector<std::string> keys(Host&) const override { return {"title", "content", "next"}; }
  bool has_key(std::string_view key, Host&) const override { return has(key); }

 private:
  static bool has(std::string_view key) {
    return key == "title" || key == "content" || key == "next";
  }
};

TEST(AppendJson, WritesAsRubyDoes) {
  EXPECT_EQ(json(Value()), "null");
  EXPECT_EQ(json(text("a\"\\\n\x01é/")), "\"a\\\"\\\\\\n\\u0001é/\"");
  EXPECT_EQ(
      json(make_hash({{"a", make_array({Value(1), Value(2.5), Value(true)})}, {"b", Value()}})),
      "{\"a\":[1,2.5,true],\"b\":null}");
  EXPECT_EQ(json(make_array({})), "[]");
  EXPECT_EQ(json(Value::range(1, 2)), "\"1..2\"");
}

TEST(AppendJson, WritesPrettyAsRubyDoes) {
  EXPECT_EQ(json(make_hash({{"a", make_array({Value(1), make_hash({})})}, {"b", make_array({})}}),
                 JsonStyle::kPretty),
            "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}");
}

TEST(AppendJson, ShortensTheNeighboursOfNeighbours) {
  const Value ring{Ref<Drop>(new Ring)};
  EXPECT_EQ(json(ring),
            "{\"title\":\"title\",\"content\":\"content\",\"next\":"
            "{\"title\":\"title\",\"content\":\"content\",\"next\":"
            "{\"title\":\"title\",\"content\":\"content\",\"next\":{\"title\":\"title\"}}}}");
}

}  // namespace
}  // namespace stet::liquid
