// What jekyll-seo-tag 2.8 makes of a page's and a site's fields: title, description, author, image.
//
// Each is worked out once, when it is first asked for, and reads no more than it needs. One render,
// one thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cms/site/document.h"
#include "cms/site/view.h"

namespace stet::plugins {

class SeoFacts {
 public:
  using Text = std::optional<std::string>;  // HTML, escaped; none: there is none
  using Value = liquid::Value;

  SeoFacts(const Value& paginator, site::View& view);

  Value page(std::string_view key) const;
  Value site(std::string_view key) const;
  Value in(const Value& map, std::string_view key) const;  // nil of what is no map
  std::string text(const Value& value) const;              // as a template prints it

  const Text& site_title() const { return site_title_; }
  const Text& page_title() const { return page_title_; }  // without the site's
  Text title() const;
  Text description() const;
  std::string locale() const;
  std::string canonical_url() const;
  std::string type() const;
  Text name() const;
  Value links() const;
  Text logo() const;
  // A map, or nil: `author`, `authors` or the site's, with what `_data/authors` knows of a name.
  const Value& author() const { return author_; }
  Text author_twitter() const;
  // Escaped and absolute; none: the page has no image.
  const Text& image_path() const { return image_path_; }
  Text date_published() const;
  Text date_modified() const;

  std::string absolute(std::string_view path) const;
  Value json_ld() const;
  std::string json_of(const Value& value) const;

 private:
  Text formatted(const Value& value) const;
  bool is_home_or_about() const;
  Text page_number() const;
  Text iso_time(const Value& date) const;
  Value find_author() const;
  Text find_image_path() const;
  Value json_author() const;
  Value json_image() const;
  Value json_publisher() const;

  site::View& view_;
  const Value paginator_;
  Text site_title_, page_title_, image_path_;
  Value image_, author_;
};

}  // namespace stet::plugins
