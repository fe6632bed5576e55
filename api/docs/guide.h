// The API's guide for people, at /docs/ on the admin origin: anybody may read it.
//
// All pages are made once, of the table that routes and of the catalogue of problems; nothing in
// them is of the site. Threads: immutable, any.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "api/http/message.h"

namespace stet::docs {

class Guide {
 public:
  static constexpr std::string_view kPrefix = "/docs";

  Guide();

  http::Response answer(const http::Request& request) const;

 private:
  struct File {
    std::string_view type;
    std::string bytes, tag;
  };

  void add(const std::string& path, std::string_view type, std::string bytes);

  std::map<std::string, File, std::less<>> files_;
};

}  // namespace stet::docs
