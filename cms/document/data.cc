#include "cms/document/data.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <unordered_map>
#include <unordered_set>

namespace stet::document {
namespace {

constexpr std::size_t kLinearMax = 16;

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (char c : text) {
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\u%04x", c);
      out += escaped;
    } else {
      out += c;
    }
  }
  out += '"';
}

struct Printer {
  std::string& out;

  void operator()(std::monostate) { out += "null"; }
  void operator()(bool value) { out += value ? "true" : "false"; }
  void operator()(std::int64_t value) { out += std::to_string(value); }
  void operator()(double value) {
    char text[32];
    out.append(text, std::to_chars(text, text + sizeof text, value).ptr);
  }
  void operator()(const std::string& value) { append_json_string(out, value); }
  void operator()(const Date& value) { append_json_string(out, iso_date(value)); }
  void operator()(const Time& value) { append_json_string(out, iso_time(value)); }
};

void print(std::string& out, const Data& data) {
  std::string_view separator;
  switch (data.kind()) {
    case Data::Kind::kNil: return Printer{out}(std::monostate());
    case Data::Kind::kBool: return Printer{out}(*data.boolean());
    case Data::Kind::kInt: return Printer{out}(*data.integer());
    case Data::Kind::kDouble: return Printer{out}(*data.real());
    case Data::Kind::kString: return Printer{out}(*data.string());
    case Data::Kind::kDate: return Printer{out}(*data.date());
    case Data::Kind::kTime: return Printer{out}(*data.time());
    case Data::Kind::kList:
      out += '[';
      for (const Data& item : *data.list()) {
        out += std::exchange(separator, ", ");
        print(out, item);
      }
      out += ']';
      return;
    case Data::Kind::kMap:
      out += '{';
      for (const auto& [key, value] : *data.map()) {
        out += std::exchange(separator, ", ");
        append_json_string(out, key);
        out += ": ";
        print(out, value);
      }
      out += '}';
      return;
  }
}

}  // namespace

struct DataMap::Index {
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const {
      return std::hash<std::string_view>()(key);
    }
  };
  std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> places;
};

DataMap::DataMap() = default;
DataMap::DataMap(DataMap&&) noexcept = default;
DataMap& DataMap::operator=(DataMap&&) noexcept = default;
DataMap::~DataMap() = default;

DataMap::DataMap(const DataMap& other) : entries_(other.entries_) { build_index(); }

DataMap& DataMap::operator=(const DataMap& other) {
  if (this != &other) *this = DataMap(other);
  return *this;
}

DataMap::DataMap(std::initializer_list<Entry> entries) {
  for (const auto& [key, value] : entries) set(key, value);
}

void DataMap::build_index() {
  index_.reset();
  if (entries_.size() <= kLinearMax) return;
  index_ = std::make_unique<Index>();
  for (std::size_t i = 0; i < entries_.size(); ++i) index_->places.emplace(entries_[i].first, i);
}

const Data* DataMap::find(std::string_view key) const {
  if (index_) {
    auto found = index_->places.find(key);
    return found == index_->places.end() ? nullptr : &entries_[found->second].second;
  }
  for (const auto& entry : entries_) {
    if (entry.first == key) return &entry.second;
  }
  return nullptr;
}

Data* DataMap::find(std::string_view key) {
  return const_cast<Data*>(std::as_const(*this).find(key));
}

void DataMap::set(std::string_view key, Data value) {
  if (Data* there = find(key)) {
    *there = std::move(value);
  } else {
    append(std::string(key), std::move(value));
  }
}

bool DataMap::erase(std::string_view key) { return erase_all({key}); }

bool DataMap::erase_all(const std::vector<std::string_view>& keys) {
  std::unordered_set<std::string_view> gone(keys.begin(), keys.end());
  bool any =
      std::erase_if(entries_, [&](const Entry& entry) { return gone.contains(entry.first); }) > 0;
  if (any) build_index();
  return any;
}

void DataMap::append(std::string key, Data value) {
  if (index_) index_->places.emplace(key, entries_.size());
  entries_.emplace_back(std::move(key), std::move(value));
  if (!index_) build_index();
}

std::size_t DataMap::size() const { return entries_.size(); }
DataMap::const_iterator DataMap::begin() const { return entries_.begin(); }
DataMap::const_iterator DataMap::end() const { return entries_.end(); }
const DataMap::Entry& DataMap::at(std::size_t place) const { return entries_[place]; }
Data& DataMap::value_at(std::size_t place) { return entries_[place].second; }

bool operator==(const DataMap& a, const DataMap& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto& [key, value] = a.at(i);
    const Data* other = b.at(i).first == key ? &b.at(i).second : b.find(key);
    if (!other || !(value == *other)) return false;
  }
  return true;
}

bool operator==(const Data& a, const Data& b) {
  if (a.kind() != b.kind()) return false;
  if (a.real() && std::isnan(*a.real()) && std::isnan(*b.real())) return true;
  if (a.time() && a.time()->offset_seconds != b.time()->offset_seconds) return false;
  return a.value_ == b.value_;
}

Data merge_patched(Data target, const Data& patch) {
  if (!patch.is_map()) return patch;
  if (!target.is_map()) target = Data::Map();
  std::vector<std::string_view> gone;
  for (const auto& [key, value] : *patch.map()) {
    if (value.is_nil()) {
      gone.push_back(key);
      continue;
    }
    Data* there = target.map()->find(key);
    target.map()->set(key, merge_patched(there ? std::move(*there) : Data(), value));
  }
  if (!gone.empty()) target.map()->erase_all(gone);
  return target;
}

std::string to_string(const Data& data) {
  std::string out;
  print(out, data);
  return out;
}

}  // namespace stet::document
