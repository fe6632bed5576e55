#include "cms/liquid/loop.h"

#include <algorithm>
#include <array>

#include "cms/liquid/convert.h"

namespace stet::liquid {
namespace {

constexpr std::array<std::string_view, 9> kForLoopKeys = {
    "name", "length", "parentloop", "index", "index0", "rindex", "rindex0", "first", "last"};
constexpr std::array<std::string_view, 12> kTableRowKeys = {"length",
                                                            "col",
                                                            "row",
                                                            "index",
                                                            "index0",
                                                            "col0",
                                                            "rindex",
                                                            "rindex0",
                                                            "first",
                                                            "last",
                                                            "col_first",
                                                            "col_last"};

Value count(std::size_t number) { return Value(static_cast<std::int64_t>(number)); }

bool has_positions(const Value& collection) {
  return collection.type() == Type::kArray || collection.type() == Type::kList ||
         collection.type() == Type::kRange;
}

template <std::size_t kSize>
std::vector<std::string> to_strings(const std::array<std::string_view, kSize>& keys) {
  return {keys.begin(), keys.end()};
}

}  // namespace

Items::Items(Value collection, Host& host) : collection_(std::move(collection)) {
  if (!has_positions(collection_)) copies_ = items_of(collection_, host);
}

bool Items::has(std::size_t position, Host& host) const {
  if (collection_.type() == Type::kList) return collection_.as_list().has(position, host);
  return position < size(host);
}

Value Items::at(std::size_t position, Host& host) const {
  switch (collection_.type()) {
    case Type::kArray: return collection_.as_array().items[position];
    case Type::kList: return collection_.as_list().at(position, host);
    case Type::kRange:
      return Value(collection_.as_range().first + static_cast<std::int64_t>(position));
    default: return copies_[position];
  }
}

std::size_t Items::size(Host& host) const {
  if (!has_positions(collection_)) return copies_.size();
  return static_cast<std::size_t>(size_of(collection_, host).value_or(0));
}

Segment::Segment(Value collection,
                 std::int64_t offset,
                 std::optional<std::int64_t> limit,
                 Host& host)
    : items_(std::move(collection), host),
      offset_(offset),
      begin_(static_cast<std::size_t>(std::max<std::int64_t>(offset, 0))) {
  if (!limit) return;
  std::int64_t end = 0;
  if (__builtin_add_overflow(offset, *limit, &end)) end = *limit > 0 ? INT64_MAX : 0;
  end_ = static_cast<std::size_t>(std::max<std::int64_t>(end, 0));
}

bool Segment::has(std::size_t position, Host& host) const {
  const std::size_t at = begin_ + position;
  return (!end_ || at < *end_) && items_.has(at, host);
}

Value Segment::at(std::size_t position, Host& host) const {
  return items_.at(begin_ + position, host);
}

std::size_t Segment::size(Host& host) const {
  if (size_) return *size_;
  std::size_t end = 0;
  if (end_ && *end_ <= begin_) {
    end = begin_;
  } else if (end_ && items_.has(*end_ - 1, host)) {
    end = *end_;
  } else {
    end = std::max(items_.size(host), begin_);
  }
  size_ = end - begin_;
  return *size_;
}

bool ForLoop::has(std::size_t index, Host& host) const {
  return is_reversed_ ? index < segment_.size(host) : segment_.has(index, host);
}

Value ForLoop::current(Host& host) const {
  return segment_.at(is_reversed_ ? segment_.size(host) - 1 - index_ : index_, host);
}

Value ForLoop::get(std::string_view key, Host& host) const {
  if (key == "index") return count(index_ + 1);
  if (key == "index0") return count(index_);
  if (key == "first") return Value(index_ == 0);
  if (key == "last") return Value(!has(index_ + 1, host) && has(index_, host));
  if (key == "length") return count(segment_.size(host));
  if (key == "rindex") return Value(static_cast<std::int64_t>(segment_.size(host) - index_));
  if (key == "rindex0") return Value(static_cast<std::int64_t>(segment_.size(host) - index_ - 1));
  if (key == "name") return Value(name_);
  if (key == "parentloop") return parent_;
  return Value();
}

std::vector<std::string> ForLoop::keys(Host&) const { return to_strings(kForLoopKeys); }
bool ForLoop::has_key(std::string_view key, Host&) const {
  return std::find(kForLoopKeys.begin(), kForLoopKeys.end(), key) != kForLoopKeys.end();
}
std::string ForLoop::to_text(Host&) const { return "Liquid::ForloopDrop"; }

void TableRowLoop::advance() {
  ++index_;
  if (column_ == columns_) {
    column_ = 1;
    ++row_;
  } else {
    ++column_;
  }
}

Value TableRowLoop::get(std::string_view key, Host&) const {
  if (key == "index") return count(index_ + 1);
  if (key == "index0") return count(index_);
  if (key == "length") return count(length_);
  if (key == "col") return Value(column_);
  if (key == "col0") return Value(column_ - 1);
  if (key == "row") return Value(row_);
  if (key == "rindex") return count(length_ - index_);
  if (key == "rindex0") return count(length_ - index_ - 1);
  if (key == "first") return Value(index_ == 0);
  if (key == "last") return Value(is_last());
  if (key == "col_first") return Value(column_ == 1);
  if (key == "col_last") return Value(is_last_column());
  return Value();
}

std::vector<std::string> TableRowLoop::keys(Host&) const { return to_strings(kTableRowKeys); }
bool TableRowLoop::has_key(std::string_view key, Host&) const {
  return std::find(kTableRowKeys.begin(), kTableRowKeys.end(), key) != kTableRowKeys.end();
}
std::string TableRowLoop::to_text(Host&) const { return "Liquid::TablerowloopDrop"; }

}  // namespace stet::liquid
