// What filters on lists share: the items they walk, the property they look at, equality as a key.
//
// Every item costs a step of the render's limits. Threads: pure functions but for the render's own
// context. Errors: in Ruby's words.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cms/liquid/drop.h"
#include "cms/liquid/filter.h"
#include "storage/base/result.h"

namespace stet::liquid {

// As Liquid 4's standard filters see any input: lists within lists are flattened, a hash or a drop
// is one item, nil none, anything else itself.
Result<std::vector<Value>> flat_items(const Value& input, FilterContext& context);

// True for what Jekyll's list filters work on: arrays, lists, ranges and hashes.
bool is_listing(const Value& value);
// The items of a listing as Jekyll's list filters see them: of a hash its values.
Result<std::vector<Value>> listed_items(const Value& listing, FilterContext& context);
// As listed_items, but of a hash [key, value] pairs.
Result<std::vector<Value>> paired_items(const Value& listing, FilterContext& context);

// Whether Ruby's object[key] is there to be asked (it may still refuse the key).
bool can_be_indexed(const Value& value);
// Ruby's object[key]: text has its substrings; an array has no names, which is an error.
Result<Value> indexed(const Value& object, const Value& key, FilterContext& context);

// A property as Jekyll's where, find, group_by and sort read it: a path with dots; text that looks
// like a number is one.
Result<Value> item_property(const Value& item, std::string_view path, FilterContext& context);

// That property of each item of a listing, in order. False, and nothing done, where the listing
// does not know it better than its items.
Result<bool> visit_properties(const Value& listing,
                              std::string_view path,
                              FilterContext& context,
                              const List::VisitField& visit);

// Groups values as keys of a Ruby hash: 1 and 1.0 are two keys, equal texts or hashes one.
class KeyIndex {
 public:
  explicit KeyIndex(Host& host) : host_(host) {}
  // The number of the key, counting from 0 in order of arrival.
  std::size_t add(const Value& key);
  const std::vector<Value>& keys() const { return keys_; }

 private:
  Host& host_;
  std::vector<Value> keys_;
  std::unordered_map<std::string, std::size_t> by_text_;  // of keys that a text tells apart
  std::vector<std::size_t> compound_;                     // of the others
};

}  // namespace stet::liquid
