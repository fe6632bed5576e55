// One paragraph each, and what must stand between its tags.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cms/markdown/render.h"

namespace stet::markdown {

struct SpanCase {
  const char* text;
  const char* html;
};

inline std::string first_paragraph(std::string_view html) {
  const std::size_t begin = html.find("<p>");
  const std::size_t end = html.find("</p>");
  if (begin == html.npos || end == html.npos) return "no paragraph: " + std::string(html);
  return std::string(html.substr(begin + 3, end - begin - 3));
}

inline void check_spans(const std::vector<SpanCase>& cases, Options options = {}) {
  options.has_highlighter = false;
  for (const SpanCase& one : cases) {
    EXPECT_EQ(first_paragraph(render(one.text, options).html), one.html) << one.text;
  }
}

}  // namespace stet::markdown
