// XML as a tree of elements with their lines, within limits.
//
// Entities other than XML's own five are refused with the declaration that would make them, so
// there is nothing to expand. Threads: pure. Cost: linear. Input may be any bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cms/schedule_import/schedule.h"
#include "storage/base/result.h"

namespace stet::schedule_import {

inline constexpr std::size_t kXmlDepthMax = 32;

struct XmlLimits {
  std::size_t mebibytes = kFileBytesMax >> 20;
  std::size_t elements = 1'000'000;
};

struct XmlElement {
  std::string name;
  Place place;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::string text;  // all of it, in order, without that of elements below
  std::vector<XmlElement> children;

  std::string_view attribute(std::string_view name) const;  // "": none
  const XmlElement* child(std::string_view name) const;     // the first; null: none
  std::string_view text_of(std::string_view child) const;   // "": none
};

// kInvalidInput, with the line, for what is not well-formed, declares something, or is beyond a
// limit.
Result<XmlElement> read_xml_tree(std::string_view bytes, const XmlLimits& limits = {});

}  // namespace stet::schedule_import
