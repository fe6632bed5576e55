// `site` as templates see it: lists, groups, data, time, and the configuration for all other names.
#pragma once

#include "cms/liquid/drop.h"
#include "cms/site/view.h"

namespace stet::site {

// The list of that name (Site::list), read position by position.
liquid::Value list_value(std::string_view name, View& view);

// The site itself is the view's; one object serves every render.
class SiteDrop final : public liquid::Drop {
 public:
  liquid::Value get(std::string_view key, liquid::Host& host) const override;
  std::vector<std::string> keys(liquid::Host& host) const override;
  bool has_key(std::string_view key, liquid::Host& host) const override;
};

}  // namespace stet::site
