#include "cms/document/json_patch.h"

#include <gtest/gtest.h>

#include "cms/document/yaml.h"

namespace stet::document {
namespace {

// JSON is YAML enough for these.
Data json(std::string_view text) {
  Problems problems;
  Data data = parse_yaml(text, "t", problems);
  EXPECT_TRUE(problems.empty()) << text;
  return data;
}

// The patched document, or "FAULT pointer" with "test " before it where a test failed.
std::string patched(std::string_view document, std::string_view patch) {
  auto told = [](const PatchFault& fault) {
    return std::string(fault.is_test ? "test " : "") + "FAULT " + fault.pointer;
  };
  auto read = read_json_patch(json(patch));
  if (auto* fault = std::get_if<PatchFault>(&read)) return told(*fault);
  auto result = apply_json_patch(json(document), std::get<JsonPatch>(read));
  if (auto* fault = std::get_if<PatchFault>(&result)) return told(*fault);
  return to_string(std::get<Data>(result));
}

TEST(JsonPatch, DoesWhatTheOperationsSay) {
  struct Row {
    const char *document, *patch, *wanted;
  };
  for (const Row& row : {
           Row{R"({"a": 1})", R"([])", R"({"a": 1})"},
           {R"({"a": 1})",
            R"([{"op": "add", "path": "/b", "value": [2]}])",
            R"({"a": 1, "b": [2]})"},
           {R"({"a": 1})", R"([{"op": "add", "path": "/a", "value": null}])", R"({"a": null})"},
           {R"([1, 3])", R"([{"op": "add", "path": "/1", "value": 2}])", "[1, 2, 3]"},
           {R"([1])", R"([{"op": "add", "path": "/-", "value": 2}])", "[1, 2]"},
           {R"([1])", R"([{"op": "add", "path": "/1", "value": 2}])", "[1, 2]"},
           {R"([1])", R"([{"op": "add", "path": "/2", "value": 2}])", "FAULT /0/path"},
           {R"([1])", R"([{"op": "add", "path": "/01", "value": 2}])", "FAULT /0/path"},
           {R"({"a": 1})", R"([{"op": "add", "path": "/b/c", "value": 2}])", "FAULT /0/path"},
           {R"({"a": 1})", R"([{"op": "add", "path": "", "value": [0]}])", "[0]"},
           {R"({"a": 1, "b": 2})", R"([{"op": "remove", "path": "/a"}])", R"({"b": 2})"},
           {R"([1, 2, 3])", R"([{"op": "remove", "path": "/1"}])", "[1, 3]"},
           {R"([1])", R"([{"op": "remove", "path": "/-"}])", "FAULT /0/path"},
           {R"({"a": 1})", R"([{"op": "remove", "path": "/b"}])", "FAULT /0/path"},
           {R"({"a": 1})", R"([{"op": "replace", "path": "/a", "value": 2}])", R"({"a": 2})"},
           {R"({"a": 1})", R"([{"op": "replace", "path": "/b", "value": 2}])", "FAULT /0/path"},
           {R"({"a": [1, 2]})",
            R"([{"op": "move", "from": "/a/0", "path": "/b"}])",
            R"({"a": [2], "b": 1})"},
           {R"([1, 2, 3])", R"([{"op": "move", "from": "/0", "path": "/2"}])", "[2, 3, 1]"},
           {R"({"a": 1})", R"([{"op": "move", "from": "/a", "path": "/a"}])", R"({"a": 1})"},
           {R"({"a": 1})", R"([{"op": "move", "from": "/b", "path": "/b"}])", "FAULT /0/from"},
           {R"({"a": {}})", R"([{"op": "move", "from": "/a", "path": "/a/b"}])", "FAULT /0/path"},
           {R"({"a": {"x": 1}})",
            R"([{"op": "copy", "from": "/a", "path": "/a/b"}])",
            R"({"a": {"x": 1, "b": {"x": 1}}})"},
           {R"({"a/b": 1, "m~n": 2})",
            R"([{"op": "test", "path": "/a~1b", "value": 1},
                {"op": "test", "path": "/m~0n", "value": 2}])",
            R"({"a/b": 1, "m~n": 2})"},
           {R"({"": 1})", R"([{"op": "remove", "path": "/"}])", "{}"},
           {R"({"a": 1})", R"([{"op": "test", "path": "/a", "value": 1.0}])", R"({"a": 1})"},
           {R"({"a": 1})", R"([{"op": "test", "path": "/a", "value": "1"}])", "test FAULT /0"},
           {R"({"a": 1})", R"([{"op": "test", "path": "/b", "value": 1}])", "test FAULT /0/path"},
           {R"({"a": {"x": 1, "y": [null]}})",
            R"([{"op": "test", "path": "/a", "value": {"y": [null], "x": 1}}])",
            R"({"a": {"x": 1, "y": [null]}})"},
           {R"({"a": 1})",
            R"([{"op": "replace", "path": "/a", "value": 2},
                {"op": "test", "path": "/a", "value": 1}])",
            "test FAULT /1"},
       }) {
    EXPECT_EQ(patched(row.document, row.patch), row.wanted) << row.document << " " << row.patch;
  }
}

TEST(JsonPatch, WhatIsNoPatchIsNamedByItsPlace) {
  struct Row {
    const char *patch, *wanted;
  };
  for (const Row& row : {Row{R"({"op": "add"})", "FAULT "},
                         Row{R"([1])", "FAULT /0"},
                         Row{R"([{"op": "spam", "path": "/a"}])", "FAULT /0/op"},
                         Row{R"([{"path": "/a"}])", "FAULT /0/op"},
                         Row{R"([{"op": "remove"}])", "FAULT /0/path"},
                         Row{R"([{"op": "remove", "path": "a"}])", "FAULT /0/path"},
                         Row{R"([{"op": "remove", "path": "/~2"}])", "FAULT /0/path"},
                         Row{R"([{"op": "add", "path": "/a"}])", "FAULT /0/value"},
                         Row{R"([{"op": "move", "path": "/a"}])", "FAULT /0/from"}}) {
    EXPECT_EQ(patched("{}", row.patch), row.wanted) << row.patch;
  }
}

TEST(JsonPatch, CopiesNoMoreThanItsLimit) {
  std::string patch = "[";
  for (int i = 0; i < 40; ++i) {
    patch += R"({"op": "copy", "from": "", "path": "/c)" + std::to_string(i) + R"("},)";
  }
  patch.back() = ']';
  EXPECT_EQ(patched(R"({"a": [1, 2, 3]})", patch).substr(0, 7), "FAULT /");
  std::string deep = R"([{"op": "add", "path": ")";
  for (std::size_t i = 0; i <= kPatchStepsMax; ++i) deep += "/a";
  EXPECT_EQ(patched("{}", deep + R"(", "value": 1}])"), "FAULT /0/path");
}

TEST(JsonPatch, SeesDatesAsTheApiShowsThem) {
  Data data = json("a: 2020-10-12\nb: 2020-10-12 10:00:00 +0200\nc: [2020-10-13]\nd: x\n");
  EXPECT_EQ(
      to_string(as_json(data)),
      R"({"a": "2020-10-12", "b": "2020-10-12 10:00:00 +0200", "c": ["2020-10-13"], "d": "x"})");
}

}  // namespace
}  // namespace stet::document
