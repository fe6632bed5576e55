// What stands behind the brackets of a link or an image, and says where it leads.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "cms/markdown/attribute_list.h"
#include "cms/markdown/reading.h"
#include "cms/markdown/span_search.h"

namespace stet::markdown {

struct LinkTarget {
  std::string url;
  std::optional<std::string> title;
  const AttributeList* attributes = nullptr;  // of the definition that was referred to
  std::size_t end = 0;                        // behind the whole link
};

// text[begin, close) stands in the brackets. `(url "title")`, `[id]`, or the brackets' own text as
// the id; nothing where that leads nowhere.
std::optional<LinkTarget> link_target(const Reading& reading,
                                      SpanSearch& search,
                                      std::string_view text,
                                      std::size_t begin,
                                      std::size_t close);

// What may stand behind a backslash; the tilde in GitHub's Markdown only.
bool is_escapable(char c);
std::string without_escapes(std::string_view text);

}  // namespace stet::markdown
