// `site` as templates see it: lists, groups, data, time, and the configuration for all other names.
#pragma once

#include "cms/liquid/drop.h"

namespace stet::site {

// The site itself is the view's; one object serves every render.
class SiteDrop final : public liquid::Drop {
 public:
  liquid::Value get(std::string_view key, liquid::Host& host) const override;
  std::vector<std::string> keys(liquid::Host& host) const override;
  bool has_key(std::string_view key, liquid::Host& host) const override;
};

}  // namespace stet::site
