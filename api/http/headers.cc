#include "api/http/headers.h"

#include <algorithm>

namespace stet::http {
namespace {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

void append_in_one_line(std::string& bytes, std::string_view text) {
  const std::size_t start = bytes.size();
  bytes.append(text);
  for (char *c = bytes.data() + start, *end = bytes.data() + bytes.size(); c != end; ++c) {
    if (*c == '\r' || *c == '\n' || *c == '\0') *c = ' ';
  }
}

}  // namespace

bool equal_without_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return x == y || lower(x) == lower(y);
         });
}

void Headers::add(std::string_view name, std::string_view value) {
  if (places_.empty()) {
    places_.reserve(16);
    bytes_.reserve(512);
  }
  places_.push_back({static_cast<std::uint32_t>(bytes_.size()),
                     static_cast<std::uint32_t>(name.size()),
                     static_cast<std::uint32_t>(value.size())});
  append_in_one_line(bytes_, name);
  append_in_one_line(bytes_, value);
}

void Headers::set(std::string_view name, std::string_view value) {
  // Either may be a view into our own bytes.
  const std::string name_kept(name), value_kept(value);
  remove(name_kept);
  add(name_kept, value_kept);
}

void Headers::remove(std::string_view name) {
  std::erase_if(places_, [&](const Place& place) {
    return equal_without_case({bytes_.data() + place.start, place.name_bytes}, name);
  });
}

void Headers::clear() {
  bytes_.clear();
  places_.clear();
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (std::size_t i = 0; i < size(); ++i) {
    if (const Field here = field(i); equal_without_case(here.name, name)) return here.value;
  }
  return std::nullopt;
}

std::string Headers::joined(std::string_view name) const {
  std::string all;
  bool is_first = true;
  for (std::size_t i = 0; i < size(); ++i) {
    const Field here = field(i);
    if (!equal_without_case(here.name, name)) continue;
    if (!is_first) all += ", ";
    all += here.value;
    is_first = false;
  }
  return all;
}

std::size_t Headers::count(std::string_view name) const {
  std::size_t found = 0;
  for (std::size_t i = 0; i < size(); ++i) found += equal_without_case(field(i).name, name);
  return found;
}

Field Headers::field(std::size_t index) const {
  const Place& place = places_[index];
  const std::string_view bytes = bytes_;
  return {bytes.substr(place.start, place.name_bytes),
          bytes.substr(place.start + place.name_bytes, place.value_bytes)};
}

}  // namespace stet::http
