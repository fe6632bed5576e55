// Links and images that lead nowhere inside the site.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cms/site/site.h"

namespace stet::pipeline {

// Where a page points within its own site: paths from the public root, decoded, without query or
// fragment, relative ones resolved against the page. Each once. Only HTML is looked at.
struct LocalLink {
  std::string target;  // "/assets/images/x.jpg"
  bool is_image = false;
  std::string typed = {};  // as the page has it: "../images/x.jpg#top"
  friend auto operator<=>(const LocalLink&, const LocalLink&) = default;
};
std::vector<LocalLink> local_links(std::string_view output_path, std::string_view bytes);

// Collects the links of all pages; says which have no output. One thread at a time.
class LinkCheck {
 public:
  void add(const std::string& output_path, std::vector<LocalLink> links);
  // Warnings, one a target, naming the first page (in order of path) that points there, and the
  // line where its source does; none where a layout or an include does.
  Problems problems(const site::Site& site) const;

 private:
  struct First {
    std::string page, typed;
  };
  std::map<std::pair<std::string, bool>, First> first_;  // by target, and whether it is an image
};

}  // namespace stet::pipeline
