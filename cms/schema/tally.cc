#include "cms/schema/tally.h"

#include <algorithm>
#include <charconv>

#include "cms/document/data.h"
#include "cms/schema/check.h"

namespace stet::schema {
namespace {

using liquid::Type;
using liquid::Value;

constexpr std::string_view kPictures[] = {
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"};

bool names_picture(std::string_view text) {
  std::size_t dot = text.rfind('.');
  if (dot == text.npos || text.size() - dot > 5) return false;
  std::string end(text.substr(dot));
  for (char& c : end) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 'a' - 'A') : c;
  return std::find(std::begin(kPictures), std::end(kPictures), end) != std::end(kPictures);
}

void add_text(FieldTally& tally, std::string_view text) {
  ++tally.texts;
  tally.lines += text.find('\n') != text.npos;
  tally.images += names_picture(text);
  bool may_be_date = text.size() >= 10 && text.size() <= 40 && text[4] == '-';
  tally.date_texts += may_be_date && is_date(document::Data(text));
  tally.bytes_max = std::max(tally.bytes_max, text.size());
  tally.values.add(text);
}

// The field, or null where others come before it and there are too many.
FieldTally* field_in(Tally& tally, const std::string& name) {
  auto found = tally.fields.find(name);
  if (found != tally.fields.end()) return &found->second;
  if (tally.fields.size() == kTallyFieldsMax) {
    auto last = std::prev(tally.fields.end());
    if (last->first < name) return nullptr;
    tally.fields.erase(last);
  }
  return &tally.fields[name];
}

template <typename T>
void add_part(std::shared_ptr<T>& part, const std::shared_ptr<T>& other) {
  if (!other) return;
  if (!part) part = std::make_shared<T>();
  part->add(*other);
}

}  // namespace

void ValueCounts::add(std::string_view value, std::size_t count) {
  if (has_more) return;
  auto found = counts.find(value);
  if (found != counts.end()) {
    found->second += count;
  } else if (counts.size() < kValuesMax && value.size() <= kValueBytesMax) {
    counts.emplace(value, count);
  } else {
    has_more = true;
    counts.clear();
  }
}

void ValueCounts::add(const ValueCounts& other) {
  if (other.has_more) {
    has_more = true;
    counts.clear();
  }
  for (const auto& [value, count] : other.counts) add(value, count);
}

void FieldTally::add(const Value& value, std::size_t depth) {
  if (value.is_nil()) {
    ++nils;
    return;
  }
  ++count;
  switch (value.type()) {
    case Type::kBool: ++booleans; return;
    case Type::kInteger:
      ++integers;
      values.add(std::to_string(value.as_integer()));
      return;
    case Type::kFloat: ++reals; return;
    case Type::kDate:
    case Type::kTime: ++dates; return;
    case Type::kString: return add_text(*this, value.as_string());
    case Type::kArray: {
      ++lists;
      if (depth >= kTallyDepthMax) return;
      if (!items) items = std::make_shared<FieldTally>();
      const auto& list = value.as_array().items;
      for (std::size_t i = 0; i < list.size() && i < kTallyItemsMax; ++i) {
        items->add(list[i], depth + 1);
      }
      return;
    }
    case Type::kHash:
      ++maps;
      if (depth >= kTallyDepthMax) return;
      if (!members) members = std::make_shared<Tally>();
      return members->add(value.as_hash(), depth + 1);
    default: return;
  }
}

void FieldTally::add(const FieldTally& other) {
  count += other.count;
  nils += other.nils;
  booleans += other.booleans;
  integers += other.integers;
  reals += other.reals;
  texts += other.texts;
  dates += other.dates;
  lists += other.lists;
  maps += other.maps;
  places += other.places;
  lines += other.lines;
  images += other.images;
  date_texts += other.date_texts;
  bytes_max = std::max(bytes_max, other.bytes_max);
  values.add(other.values);
  add_part(items, other.items);
  add_part(members, other.members);
}

void Tally::add(const liquid::Hash& entry, std::size_t depth) {
  ++entries;
  std::size_t place = 0;
  for (const auto& [name, value] : entry.entries()) {
    if (FieldTally* field = field_in(*this, name)) {
      field->add(value, depth);
      field->places += place;
    }
    ++place;
  }
}

void Tally::add(const Tally& other) {
  entries += other.entries;
  for (const auto& [name, field] : other.fields) {
    if (FieldTally* own = field_in(*this, name)) own->add(field);
  }
}

const FieldTally* Tally::find(std::string_view name) const {
  auto found = fields.find(name);
  return found == fields.end() ? nullptr : &found->second;
}

}  // namespace stet::schema
