// Data out of YAML, for tests.
#pragma once

#include <gtest/gtest.h>

#include <string_view>

#include "cms/document/yaml.h"
#include "cms/schema/parse.h"

namespace stet::schema {

inline document::Data yaml(std::string_view text) {
  Problems problems;
  document::Data data = document::parse_yaml(text, "test.yml", problems);
  EXPECT_TRUE(problems.empty()) << text << "\n" << to_string(problems.front());
  return data;
}

// Of posts, of which the text says the fields in flow style.
inline Schema schema_of(std::string_view fields) {
  Parsed parsed = parse_schemas(yaml("posts: {fields: [" + std::string(fields) + "]}"));
  for (const Fault& fault : parsed.faults) ADD_FAILURE() << fault.pointer << " " << fault.message;
  return parsed.schemas.at("posts");
}

}  // namespace stet::schema
