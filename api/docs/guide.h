// The API's guide for people, at /docs/ on the admin origin: anybody may read it.
//
// Pages are made when the first is asked for, of the table that routes, the catalogue of problems
// and the changelog; nothing in them is of the site. Threads: any.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "api/docs/html.h"
#include "api/http/message.h"

namespace stet::docs {

class Guide {
 public:
  static constexpr std::string_view kPrefix = "/docs";

  // `version`: of the program.
  explicit Guide(std::string_view version) : version_(version) {}

  http::Response answer(const http::Request& request) const;

 private:
  struct File {
    std::string_view type;
    std::string bytes, tag;
  };
  using Files = std::map<std::string, File, std::less<>>;

  Files made() const;

  const std::string version_;
  mutable std::once_flag is_made_;
  mutable Files files_;
};

}  // namespace stet::docs
