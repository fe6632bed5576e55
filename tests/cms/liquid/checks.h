// Renders templates for tests, and compares whole tables of them.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cms/liquid/template.h"
#include "tests/cms/liquid/plain_host.h"

namespace stet::liquid {

inline Value text(std::string_view s) { return Value(std::string(s)); }
inline Value texts(std::initializer_list<std::string_view> items) {
  std::vector<Value> values;
  for (std::string_view item : items) values.push_back(text(item));
  return make_array(std::move(values));
}

// The output, or "! " and the message of what stopped the render.
inline std::string render(std::string_view source,
                          PlainHost& host,
                          const Globals& globals = {},
                          const Limits& limits = {}) {
  const Parsed parsed = Template::parse(std::string(source), "page.md");
  Rendered rendered = parsed.tree->render(globals, host, limits);
  return rendered.fatal ? "! " + rendered.fatal->message : rendered.output;
}

struct RenderCase {
  std::string_view source;
  std::string_view expected;
};

inline void check(const std::vector<RenderCase>& cases,
                  PlainHost& host,
                  const Globals& globals = {}) {
  for (const RenderCase& one : cases) {
    EXPECT_EQ(render(one.source, host, globals), one.expected) << "of: " << one.source;
  }
}

inline void check(const std::vector<RenderCase>& cases, const Globals& globals = {}) {
  PlainHost host;
  check(cases, host, globals);
}

// Each template stops with a message that holds the text beside it.
inline void check_refusals(const std::vector<RenderCase>& cases,
                           PlainHost& host,
                           const Globals& globals = {}) {
  for (const RenderCase& one : cases) {
    const std::string got = render(one.source, host, globals);
    EXPECT_TRUE(got.starts_with("! ")) << "of: " << one.source << "\ngot: " << got;
    EXPECT_NE(got.find(one.expected), std::string::npos)
        << "of: " << one.source << "\ngot: " << got;
  }
}

inline void check_refusals(const std::vector<RenderCase>& cases, const Globals& globals = {}) {
  PlainHost host;
  check_refusals(cases, host, globals);
}

}  // namespace stet::liquid
