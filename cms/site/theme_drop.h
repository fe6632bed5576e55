// `theme`: what templates may ask of the site's theme, as Jekyll tells it of a gem.
//
// `theme.root` is where the theme's files seem to lie, and not the machine's folder of gems.
#pragma once

#include "cms/liquid/drop.h"
#include "cms/site/theme.h"

namespace stet::site {

class ThemeDrop final : public liquid::Drop {
 public:
  explicit ThemeDrop(ThemePtr theme) : theme_(std::move(theme)) {}

  liquid::Value get(std::string_view key, liquid::Host& host) const override;
  std::vector<std::string> keys(liquid::Host& host) const override;
  bool has_key(std::string_view key, liquid::Host& host) const override;

 private:
  const ThemePtr theme_;
};

}  // namespace stet::site
