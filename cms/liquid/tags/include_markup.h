// What stands inside Jekyll's include tags: a file name, maybe with {{ }} in it, and parameters.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "cms/liquid/arena.h"
#include "cms/liquid/syntax.h"

namespace stet::liquid {

struct IncludeMarkup {
  std::string_view file;
  bool is_dynamic = false;  // `file` is a template of its own
  bool has_parameters = false;
  std::string_view parameters;
};

struct IncludeParameter {
  std::string_view key;
  Expression value;
};

IncludeMarkup split_include(std::string_view markup);
// key="text" key='text' key=variable, apart by blanks; none where anything else stands there.
std::optional<std::vector<IncludeParameter>> parse_include_parameters(std::string_view text,
                                                                      Arena& arena);
// Letters, digits and /.-()+~#@_ without "..", "//" or such.
bool is_include_name(std::string_view file);

}  // namespace stet::liquid
