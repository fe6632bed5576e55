// The header fields of one message: in order, names compared without case (RFC 9110 5.1).
//
// All names and values lie in one string, so a request with many fields costs two allocations.
// Views that find() and field() give are good until the next change. Threads: a value, no sharing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stet::http {

struct Field {
  std::string_view name;
  std::string_view value;
};

class Headers {
 public:
  // Appends. CR, LF and NUL in a name or value become blanks: a value can never start a new field.
  void add(std::string_view name, std::string_view value);
  // Replaces every field of this name by one.
  void set(std::string_view name, std::string_view value);
  void remove(std::string_view name);
  void clear();

  // The first field of this name.
  std::optional<std::string_view> find(std::string_view name) const;
  // All of this name, joined by ", " as a list field may be (RFC 9110 5.3); empty if there is none.
  std::string joined(std::string_view name) const;
  std::size_t count(std::string_view name) const;

  std::size_t size() const { return places_.size(); }
  bool empty() const { return places_.empty(); }
  Field field(std::size_t index) const;

 private:
  struct Place {
    std::uint32_t start = 0;
    std::uint32_t name_bytes = 0;
    std::uint32_t value_bytes = 0;  // the value follows the name
  };

  std::string bytes_;
  std::vector<Place> places_;
};

// ASCII letters without case; everything else byte for byte.
bool equal_without_case(std::string_view a, std::string_view b);

}  // namespace stet::http
