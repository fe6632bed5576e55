// What many entries hold, counted field by field, without keeping them.
//
// Tallies of parts add up to the tally of the whole, however it was parted: so of a large site
// those parts alone are counted again that have changed. Cost: linear in what is counted. Limits:
// below; beyond them fields are left out by name, the last first, and values are no longer told
// apart. Threads: values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "cms/liquid/value.h"

namespace stet::schema {

inline constexpr std::size_t kTallyFieldsMax = 250;
inline constexpr std::size_t kTallyDepthMax = 3;    // of maps and lists in one another
inline constexpr std::size_t kTallyItemsMax = 100;  // of each list; the first
inline constexpr std::size_t kValuesMax = 100;      // that are told apart
inline constexpr std::size_t kValueBytesMax = 80;

// Texts and numbers, each with how often it was there; none at all once there are too many.
struct ValueCounts {
  std::map<std::string, std::size_t, std::less<>> counts;
  bool has_more = false;

  void add(std::string_view value, std::size_t count = 1);
  void add(const ValueCounts& other);
};

struct Tally;

struct FieldTally {
  std::size_t count = 0;  // with a value; the sum of the kinds
  std::size_t nils = 0;
  std::size_t booleans = 0, integers = 0, reals = 0, texts = 0, dates = 0, lists = 0, maps = 0;
  std::uint64_t places = 0;  // sum of its places among the keys, from 0
  // Of texts:
  std::size_t lines = 0;       // those of several lines
  std::size_t images = 0;      // that end as a picture's name does
  std::size_t date_texts = 0;  // that are dates
  std::size_t bytes_max = 0;
  ValueCounts values;                 // of texts and numbers
  std::shared_ptr<FieldTally> items;  // of lists, together; null: none
  std::shared_ptr<Tally> members;     // of maps, together; null: none

  void add(const liquid::Value& value, std::size_t depth);
  void add(const FieldTally& other);
};

struct Tally {
  std::size_t entries = 0;
  std::map<std::string, FieldTally, std::less<>> fields;

  void add(const liquid::Hash& entry, std::size_t depth = 0);
  void add(const Tally& other);
  // Null where no entry has it.
  const FieldTally* find(std::string_view name) const;
};

}  // namespace stet::schema
