// kramdown's settings by name, as `_config.yml` and `{::options name="value" /}` give them.
#pragma once

#include <string_view>

#include "cms/markdown/render.h"

namespace stet::markdown {

enum class OptionFate {
  kSet,
  kIgnored,  // a setting that changes nothing here, or a value that it cannot have
  kUnknown,
};

// Lists are written with commas between, as in kramdown.
OptionFate set_option(Options& options, std::string_view name, std::string_view value);

}  // namespace stet::markdown
