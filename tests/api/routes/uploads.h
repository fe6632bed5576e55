// What tests of media upload, and how.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "tests/api/routes/world.h"
#include "tests/cms/image/pictures.h"

namespace stet::api {

inline const std::string kPng = image::png(40, 30), kOther = image::png(41, 30);

inline Told upload(World& world,
                   const std::string& query,
                   const std::string& bytes,
                   std::map<std::string, std::string> headers = {}) {
  headers.emplace("Content-Type", "application/octet-stream");
  return world.api(
      {.method = "POST", .target = "/media" + query, .body = bytes, .headers = std::move(headers)});
}

}  // namespace stet::api
