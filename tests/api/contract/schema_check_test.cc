#include "tests/api/contract/schema_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stet::api {
namespace {

TEST(SchemaCheck, TellsWhatIsNotAsTheSchemaSays) {
  Json document = Json::parse(R"json({"components": {"schemas": {
    "Pair": {"type": "object", "required": ["a"], "properties": {
      "a": {"type": "integer", "minimum": 1}, "b": {"type": ["string", "null"]}}},
    "More": {"allOf": [{"$ref": "#/components/schemas/Pair"},
      {"type": "object", "properties": {"c": {"enum": ["x", "y"]}}}]}}}})json");
  SchemaCheck check(document);
  auto fault = [&](const char* name, const char* value) {
    return check.fault_of(Json::parse(value), document["components"]["schemas"][name]);
  };
  struct Row {
    const char *schema, *value, *fault;
  };
  for (const Row& row : {
           Row{"Pair", R"({"a": 1, "b": null})", ""},
           Row{"Pair", R"({"a": 1.0})", ""},
           Row{"Pair", R"({"b": "x"})", "lacks \"a\""},
           Row{"Pair", R"({"a": 0})", "/a is 0: too small"},
           Row{"Pair", R"({"a": "1"})", "/a is \"1\", and no"},
           Row{"Pair", R"({"a": 1, "z": 1})", "/z is in no schema"},
           Row{"Pair", "[]", "is [], and no"},
           Row{"More", R"({"a": 1, "c": "x"})", ""},
           Row{"More", R"({"a": 1, "c": "z"})", "/c is \"z\", and none of"},
           Row{"More", R"({"a": 1, "d": 1})", "/d is in no schema"},
           Row{"More", R"({"c": "x"})", "lacks \"a\""},
       }) {
    EXPECT_THAT(fault(row.schema, row.value), testing::HasSubstr(row.fault)) << row.value;
    EXPECT_EQ(fault(row.schema, row.value).empty(), std::string(row.fault).empty()) << row.value;
  }
  EXPECT_THAT(check.fault_of(1, Json::parse(R"({"multipleOf": 2})")),
              testing::HasSubstr("the keyword multipleOf"));
}

}  // namespace
}  // namespace stet::api
