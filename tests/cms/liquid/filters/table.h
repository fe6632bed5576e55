// A table of filters and what they give, checked row by row.
#pragma once

#include <gtest/gtest.h>

#include "tests/cms/liquid/filters/bench.h"

namespace stet::liquid::bench {

struct Row {
  std::string_view filter;
  std::string_view input;      // JSON
  std::string_view arguments;  // a JSON list
  std::string_view expected;   // as Ruby's inspect shows it; "! " and an error
};

template <std::size_t kCount>
void check(const Row (&rows)[kCount]) {
  for (const Row& row : rows) {
    CountingContext context;
    EXPECT_EQ(shown(context, row.filter, row.input, row.arguments), row.expected)
        << row.input << " | " << row.filter << ": " << row.arguments;
  }
}

}  // namespace stet::liquid::bench
