#include "cms/liquid/value.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "cms/liquid/drop.h"

namespace stet::liquid {
namespace {

constexpr std::size_t kEntriesSearchedInOrder = 8;

struct Text final : Counted {
  explicit Text(std::string text) : text(std::move(text)) {}
  const std::string text;
};

struct BoxedTime final : Counted {
  explicit BoxedTime(const Time& time) : time(time) {}
  const Time time;
};

struct BoxedRange final : Counted {
  BoxedRange(std::int64_t first, std::int64_t last) : first(first), last(last) {}
  const std::int64_t first, last;
};

}  // namespace

Value::Value(Type type, const Counted* counted) {
  if (!counted) return;
  counted->retain();
  payload_.counted = counted;
  type_ = type;
  is_counted_ = true;
}

Value::Value(std::string text) : Value(Type::kString, new Text(std::move(text))) {}
Value::Value(const Date& date) : type_(Type::kDate) {
  payload_.integer = (static_cast<std::int64_t>(date.year) << 16) | (date.month << 8) | date.day;
}
Value::Value(const Time& time) : Value(Type::kTime, new BoxedTime(time)) {}
Value::Value(Ref<Array> array) : Value(Type::kArray, array.get()) {}
Value::Value(Ref<Hash> hash) : Value(Type::kHash, hash.get()) {}
Value::Value(Ref<Drop> drop) : Value(Type::kDrop, drop.get()) {}
Value::Value(Ref<List> list) : Value(Type::kList, list.get()) {}

Value Value::view(std::string_view text) {
  assert(text.size() <= UINT32_MAX);
  Value value;
  value.type_ = Type::kString;
  value.payload_.text = text.data();
  value.length_ = static_cast<std::uint32_t>(text.size());
  return value;
}

Value Value::range(std::int64_t first, std::int64_t last) {
  return Value(Type::kRange, new BoxedRange(first, last));
}

Value Value::blank() {
  Value value;
  value.type_ = Type::kBlank;
  return value;
}

Value Value::empty() {
  Value value;
  value.type_ = Type::kEmpty;
  return value;
}

Value Value::live_time(const Time& time) {
  Value value(time);
  value.length_ = 1;
  return value;
}

bool Value::as_bool() const {
  assert(type_ == Type::kBool);
  return payload_.boolean;
}

std::int64_t Value::as_integer() const {
  assert(type_ == Type::kInteger);
  return payload_.integer;
}

double Value::as_float() const {
  assert(type_ == Type::kFloat);
  return payload_.number;
}

std::string_view Value::as_string() const {
  assert(type_ == Type::kString);
  if (is_counted_) return static_cast<const Text*>(payload_.counted)->text;
  return {payload_.text, length_};
}

Date Value::as_date() const {
  assert(type_ == Type::kDate);
  return {.year = static_cast<std::int32_t>(payload_.integer >> 16),
          .month = static_cast<std::uint8_t>(payload_.integer >> 8),
          .day = static_cast<std::uint8_t>(payload_.integer)};
}

const Time& Value::as_time() const {
  assert(type_ == Type::kTime);
  return static_cast<const BoxedTime*>(payload_.counted)->time;
}

bool Value::is_live_time() const { return type_ == Type::kTime && length_ != 0; }

std::pair<std::int64_t, std::int64_t> Value::as_range() const {
  assert(type_ == Type::kRange);
  const auto* range = static_cast<const BoxedRange*>(payload_.counted);
  return {range->first, range->last};
}

const Array& Value::as_array() const {
  assert(type_ == Type::kArray);
  return *static_cast<const Array*>(payload_.counted);
}

const Hash& Value::as_hash() const {
  assert(type_ == Type::kHash);
  return *static_cast<const Hash*>(payload_.counted);
}

const Drop& Value::as_drop() const {
  assert(type_ == Type::kDrop);
  return *static_cast<const Drop*>(payload_.counted);
}

const List& Value::as_list() const {
  assert(type_ == Type::kList);
  return *static_cast<const List*>(payload_.counted);
}

Hash::Hash(std::vector<Entry> entries) {
  std::vector<std::uint32_t> order(entries.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return entries[a].first < entries[b].first;
  });
  std::vector<bool> is_repeated(entries.size());
  for (std::size_t i = 1, first = 0; i < order.size(); ++i) {
    if (entries[order[i]].first != entries[order[first]].first) {
      first = i;
      continue;
    }
    entries[order[first]].second = std::move(entries[order[i]].second);
    is_repeated[order[i]] = true;
  }
  std::vector<std::uint32_t> moved_to(entries.size());
  entries_.reserve(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    moved_to[i] = static_cast<std::uint32_t>(entries_.size());
    if (!is_repeated[i]) entries_.push_back(std::move(entries[i]));
  }
  if (entries_.size() <= kEntriesSearchedInOrder) return;
  sorted_.reserve(entries_.size());
  for (std::uint32_t position : order) {
    if (!is_repeated[position]) sorted_.push_back(moved_to[position]);
  }
}

const Value* Hash::find(std::string_view key) const {
  if (sorted_.empty()) {
    for (const Entry& entry : entries_) {
      if (entry.first == key) return &entry.second;
    }
    return nullptr;
  }
  auto at = std::lower_bound(
      sorted_.begin(), sorted_.end(), key, [&](std::uint32_t position, std::string_view k) {
        return entries_[position].first < k;
      });
  if (at == sorted_.end() || entries_[*at].first != key) return nullptr;
  return &entries_[*at].second;
}

Value make_array(std::vector<Value> items) { return Value(Ref(new Array(std::move(items)))); }
Value make_hash(std::vector<Hash::Entry> entries) {
  return Value(Ref(new Hash(std::move(entries))));
}

}  // namespace stet::liquid
