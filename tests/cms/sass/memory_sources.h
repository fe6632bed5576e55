// Sheets for tests, by path.
#pragma once

#include <map>
#include <string>

#include "cms/sass/sources.h"

namespace stet::sass {

class MemorySources final : public Sources {
 public:
  using Files = std::map<std::string, std::string>;
  MemorySources() = default;
  explicit MemorySources(const Files& files) : files_(files) {}
  MemorySources(std::initializer_list<Files::value_type> files) : files_(files) {}
  bool has(const std::string& path) override { return files_.contains(path); }
  Result<std::string> read(const std::string& path) override { return files_.at(path); }

 private:
  const Files files_;
};

}  // namespace stet::sass
