// What YAML means: nil, booleans, numbers, strings, dates, times, lists and maps, as a plain tree.
//
// A Data owns all below it: copies are deep, moves are cheap. An integer that int64 cannot hold is
// kept as a string of its digits, so that it prints as Ruby prints it. Keys are strings: what YAML
// reads as another type (`2020: x`) is kept as Ruby would print it. Depth is limited by who builds
// the tree (yaml.h), not here. Threads: values, no sharing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "storage/base/time.h"

namespace stet::document {

class Data;

// Keys in the order in which they were written; each key once. Small maps are looked through,
// larger ones have an index.
class DataMap {
 public:
  using Entry = std::pair<std::string, Data>;
  using const_iterator = std::vector<Entry>::const_iterator;

  DataMap();
  DataMap(std::initializer_list<Entry> entries);  // of a key given twice, the last value
  DataMap(const DataMap&);
  DataMap(DataMap&&) noexcept;
  DataMap& operator=(const DataMap&);
  DataMap& operator=(DataMap&&) noexcept;
  ~DataMap();

  const Data* find(std::string_view key) const;  // null if there is no such key
  Data* find(std::string_view key);
  bool contains(std::string_view key) const { return find(key) != nullptr; }
  void set(std::string_view key, Data value);  // keeps the place of a key that is there
  bool erase(std::string_view key);            // false if it wasn't there

  bool erase_all(const std::vector<std::string_view>& keys);  // at once; false if none was there

  // Adds at the end without a look: for builders that know that the key is new.
  void append(std::string key, Data value);

  std::size_t size() const;
  bool empty() const { return size() == 0; }
  const_iterator begin() const;
  const_iterator end() const;
  const Entry& at(std::size_t place) const;
  Data& value_at(std::size_t place);

  // The same keys with equal values; as in Ruby, order does not count.
  friend bool operator==(const DataMap& a, const DataMap& b);

 private:
  struct Index;
  void build_index();

  std::vector<Entry> entries_;
  std::unique_ptr<Index> index_;  // of maps beyond a few entries
};

class Data {
 public:
  using List = std::vector<Data>;
  using Map = DataMap;
  enum class Kind { kNil, kBool, kInt, kDouble, kString, kDate, kTime, kList, kMap };

  Data() = default;
  Data(bool value) : value_(value) {}
  Data(std::int64_t value) : value_(value) {}
  Data(int value) : value_(std::int64_t{value}) {}
  Data(double value) : value_(value) {}
  Data(std::string value) : value_(std::move(value)) {}
  Data(std::string_view value) : value_(std::string(value)) {}
  Data(const char* value) : value_(std::string(value)) {}
  Data(Date value) : value_(value) {}
  Data(Time value) : value_(value) {}
  Data(List value) : value_(std::move(value)) {}
  Data(Map value) : value_(std::move(value)) {}

  Kind kind() const { return static_cast<Kind>(value_.index()); }
  bool is_nil() const { return kind() == Kind::kNil; }
  bool is_string() const { return kind() == Kind::kString; }
  bool is_list() const { return kind() == Kind::kList; }
  bool is_map() const { return kind() == Kind::kMap; }
  bool is_scalar() const { return !is_list() && !is_map(); }

  // The value if it is of that kind, else null.
  const bool* boolean() const { return std::get_if<bool>(&value_); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value_); }
  const double* real() const { return std::get_if<double>(&value_); }
  const std::string* string() const { return std::get_if<std::string>(&value_); }
  const Date* date() const { return std::get_if<Date>(&value_); }
  const Time* time() const { return std::get_if<Time>(&value_); }
  const List* list() const { return std::get_if<List>(&value_); }
  const Map* map() const { return std::get_if<Map>(&value_); }
  List* list() { return std::get_if<List>(&value_); }
  Map* map() { return std::get_if<Map>(&value_); }

  // The value under a key of a map; null if this is no map or has no such key.
  const Data* find(std::string_view key) const { return map() ? map()->find(key) : nullptr; }

  // The same kind and value. 1 is not 1.0; NaN equals NaN; times at different offsets differ.
  friend bool operator==(const Data& a, const Data& b);

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Date, Time, List, Map>
      value_;
};

// RFC 7396: maps merge, nil deletes a key, all else replaces.
Data merge_patched(Data target, const Data& patch);

// For messages and tests: the value as JSON would have it, dates as strings.
std::string to_string(const Data& data);

}  // namespace stet::document
