// What a loop goes over, visited one by one so that it reads no more of a lazy list than it uses.
//
// Threads: of one render. The forloop object outlives its loop where a template keeps it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/liquid/drop.h"
#include "cms/liquid/value.h"

namespace stet::liquid {

class Items {
 public:
  Items(Value collection, Host& host);

  bool has(std::size_t position, Host& host) const;
  Value at(std::size_t position, Host& host) const;  // has(position)
  std::size_t size(Host& host) const;

 private:
  Value collection_;
  std::vector<Value> copies_;  // of collections without positions
};

// The part of a collection that `offset`, `limit` and `reversed` leave.
class Segment {
 public:
  Segment(Value collection, std::int64_t offset, std::optional<std::int64_t> limit, Host& host);

  bool has(std::size_t position, Host& host) const;
  Value at(std::size_t position, Host& host) const;
  // Reads the length of a lazy list only where the limit does not say it.
  std::size_t size(Host& host) const;
  // Where `offset: continue` goes on.
  std::int64_t end(Host& host) const { return offset_ + static_cast<std::int64_t>(size(host)); }

 private:
  Items items_;
  std::int64_t offset_;
  std::size_t begin_;
  std::optional<std::size_t> end_;
  mutable std::optional<std::size_t> size_;
};

class ForLoop final : public Drop {
 public:
  ForLoop(std::string_view name, Segment segment, bool is_reversed, Value parent)
      : name_(name),
        segment_(std::move(segment)),
        parent_(std::move(parent)),
        is_reversed_(is_reversed) {}

  bool has_current(Host& host) const { return has(index_, host); }
  Value current(Host& host) const;
  void advance() { ++index_; }
  std::int64_t end(Host& host) const { return segment_.end(host); }

  Value get(std::string_view key, Host& host) const override;
  std::vector<std::string> keys(Host& host) const override;
  bool has_key(std::string_view key, Host& host) const override;
  std::string to_text(Host& host) const override;

 private:
  bool has(std::size_t index, Host& host) const;

  std::string name_;
  Segment segment_;
  Value parent_;
  std::size_t index_ = 0;
  bool is_reversed_;
};

class TableRowLoop final : public Drop {
 public:
  TableRowLoop(std::size_t length, std::int64_t columns) : length_(length), columns_(columns) {}

  std::int64_t column() const { return column_; }
  std::int64_t row() const { return row_; }
  bool is_last_column() const { return column_ == columns_; }
  bool is_last() const { return index_ + 1 == length_; }
  void advance();

  Value get(std::string_view key, Host& host) const override;
  std::vector<std::string> keys(Host& host) const override;
  bool has_key(std::string_view key, Host& host) const override;
  std::string to_text(Host& host) const override;

 private:
  std::size_t length_;
  std::size_t index_ = 0;
  std::int64_t columns_;
  std::int64_t column_ = 1;
  std::int64_t row_ = 1;
};

}  // namespace stet::liquid
