// kramdown's attribute lists: what stands in `{: .class #id key="value" reference}`.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cms/markdown/tree.h"

namespace stet::markdown {

struct AttributeList {
  Attributes attributes;
  std::vector<std::string> references;  // to lists defined elsewhere, or kramdown's own words: toc

  void add_all(const AttributeList& others);
};

// By name, what `{:name: ...}` lines define.
using AttributeDefinitions = std::map<std::string, AttributeList, std::less<>>;

// `text` without the braces and the colon. What is no attribute is passed over, as kramdown does.
AttributeList parse_attribute_list(std::string_view text);

// Gives a node all that the list says, and what the lists say that it refers to; words that define
// nothing are left to the reader.
void apply(const AttributeList& list, const AttributeDefinitions& definitions, Facts& facts);

}  // namespace stet::markdown
