// Links and images that lead nowhere inside the site.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cms/site/site.h"

namespace stet::pipeline {

// Where a page points within its own site: paths from the public root, decoded, without query or
// fragment, relative ones resolved against the page. Each once. Only HTML is looked at.
struct LocalLink {
  std::string target;  // "/assets/images/x.jpg"
  bool is_image = false;
  friend auto operator<=>(const LocalLink&, const LocalLink&) = default;
};
std::vector<LocalLink> local_links(std::string_view output_path, std::string_view bytes);

// Collects the links of all pages; says which have no output. One thread at a time.
class LinkCheck {
 public:
  void add(const std::string& output_path, std::vector<LocalLink> links);
  // Warnings, one a target, naming the first page (in order of path) that points there.
  Problems problems(const site::Site& site) const;

 private:
  std::map<LocalLink, std::string> first_page_;
};

}  // namespace stet::pipeline
