// The documents that stet adds to a site: feeds, the sitemap, redirects, a paginator's pages,
// archives, the schedule's page.
//
// Each is a Liquid template, rendered as any page is, so that what it reads is known. Which there
// are is told by the plugins that the configuration names. Threads: pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "cms/site/builder.h"
#include "cms/site/view.h"

namespace stet::generate {

// For BuilderOptions::generate.
site::Generated generated(const std::shared_ptr<const site::Config>& config,
                          bool has_schedule,
                          reads::Names& names);

// Fields of generated documents that are made when they are asked for; nil: none of that name.
liquid::Value derived_field(const site::Document& document, std::string_view key, site::View& view);

// The text of a layout that a plugin brings along; none where the site has no such plugin.
std::optional<std::string_view> layout_text(std::string_view name, const site::Config& config);

}  // namespace stet::generate
