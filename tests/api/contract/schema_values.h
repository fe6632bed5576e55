// Values made of a schema, and values that are broken: the same for the same seed.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/api/contract/schema_check.h"

namespace stet::api {

// SplitMix64.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t roll(std::uint64_t sides) { return next() % sides; }
  bool one_in(std::uint64_t n) { return roll(n) == 0; }
  template <typename List>
  const typename List::value_type& any_of(const List& list) {
    return list[roll(list.size())];
  }

 private:
  std::uint64_t next() {
    std::uint64_t mixed = state_ += 0x9e3779b97f4a7c15;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
  }
  std::uint64_t state_;
};

// What a text under this name may well be; names that are not in it get any. "operationId/name" is
// meant before "name", and "operationId/" are whole bodies, as JSON.
using Hints = std::map<std::string, std::vector<std::string>, std::less<>>;

// Null: there are none.
const std::vector<std::string>* find_hints(const Hints& hints,
                                           const std::string& operation,
                                           const std::string& name);

class SchemaValues {
 public:
  SchemaValues(const Json& document, Hints hints, Dice& dice)
      : check_(document), hints_(std::move(hints)), dice_(dice) {}

  // Which operation's hints are meant from now on.
  void begin(const std::string& operation) { operation_ = operation; }

  // Valid by the schema. `name`: of the member or parameter.
  Json make(const Json& schema, const std::string& name = "", int depth = 0);
  // A body: with the hints for it, or as make() makes it.
  Json make_body(const Json& schema);
  // With all members that may be there.
  Json make_whole(const Json& schema);
  // Text for a path, a query or a header.
  std::string odd_text();

 private:
  Json make_object(const Json& schema, int depth);
  Json make_text(const std::string& name);
  bool is_wanted(const std::string& key, bool is_needed, int depth);

  SchemaCheck check_;
  Hints hints_;
  Dice& dice_;
  std::string operation_;
  bool is_whole_ = false;
};

}  // namespace stet::api
