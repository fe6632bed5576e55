// A lazy list that notes what is asked of it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cms/liquid/drop.h"

namespace stet::liquid {

class CountedList final : public List {
 public:
  explicit CountedList(std::size_t length) : length_(length) {}

  std::size_t size(Host&) const override {
    asked += "size ";
    return length_;
  }
  Value at(std::size_t position, Host&) const override {
    asked += "at" + std::to_string(position) + " ";
    return Value(static_cast<std::int64_t>(position));
  }
  bool has(std::size_t position, Host&) const override {
    asked += "has" + std::to_string(position) + " ";
    return position < length_;
  }

  std::string take_asked() const { return std::exchange(asked, {}); }

 private:
  mutable std::string asked;
  std::size_t length_;
};

}  // namespace stet::liquid
