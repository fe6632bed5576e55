#include "cms/schema/infer.h"

#include <algorithm>
#include <iterator>

namespace stet::schema {
namespace {

using enum FieldType;

constexpr std::size_t kChoicesMax = 12;  // beyond these it is no select
constexpr std::size_t kLongBytes = 300;  // beyond these a text is written in a large box

constexpr std::string_view kTagKeys[] = {"tags", "tag", "categories", "category", "keywords"};

bool is_tag_key(std::string_view name) {
  return std::find(std::begin(kTagKeys), std::end(kTagKeys), name) != std::end(kTagKeys);
}

bool holds_words(const FieldTally* items) {
  return !items || items->texts + items->integers + items->reals + items->dates == items->count;
}

bool is_choice(std::string_view name, const FieldTally& field) {
  std::size_t choices = field.values.counts.size();
  if (field.values.has_more || choices == 0 || choices > kChoicesMax) return false;
  return name == "layout" || (field.count >= 6 && field.count >= 3 * choices);
}

FieldType type_of_text(std::string_view name, const FieldTally& field) {
  if (field.images == field.count) return kImage;
  if (field.lines > 0 || field.bytes_max > kLongBytes) return kMarkdown;
  return is_choice(name, field) ? kSelect : kText;
}

FieldType type_of(std::string_view name, const FieldTally& field) {
  std::size_t all = field.count;
  if (all == 0) return kAny;
  bool may_be_tags = holds_words(field.items.get());
  if (is_tag_key(name) && may_be_tags && field.lists + field.texts == all) return kTags;
  if (field.booleans == all) return kBoolean;
  if (field.integers + field.reals == all) return kNumber;
  if (field.dates + field.date_texts == all) return kDate;
  if (field.maps == all) return kObject;
  if (field.lists == all) {
    bool repeats = field.items && field.items->texts > 0 && !field.items->values.has_more &&
                   field.items->images == 0;
    return may_be_tags && repeats ? kTags : kList;
  }
  bool is_of_words = field.texts + field.integers + field.reals + field.dates == all;
  return is_of_words ? type_of_text(name, field) : kAny;
}

Field infer_field(const std::string& name, const FieldTally& tally) {
  Field field;
  field.name = name;
  field.type = type_of(name, tally);
  field.is_whole = field.type == kNumber && tally.reals == 0;
  if (field.type == kSelect) {
    for (const auto& [value, count] : tally.values.counts) {
      field.options.push_back({document::Data(value), ""});
    }
  }
  if (field.type == kObject && tally.members) field.fields = infer_fields(*tally.members);
  bool has_items = field.type == kList && tally.items && tally.items->count > 0;
  if (has_items) field.fields.push_back(infer_field("", *tally.items));
  return field;
}

}  // namespace

std::vector<Field> infer_fields(const Tally& tally) {
  std::vector<const std::pair<const std::string, FieldTally>*> known;
  for (const auto& field : tally.fields) known.push_back(&field);
  // By the average of their places: sums are multiplied, not divided.
  std::stable_sort(known.begin(), known.end(), [](const auto* a, const auto* b) {
    auto of = [](const FieldTally& field) { return field.count + field.nils; };
    return a->second.places * of(b->second) < b->second.places * of(a->second);
  });
  std::vector<Field> fields;
  for (const auto* one : known) {
    fields.push_back(infer_field(one->first, one->second));
    fields.back().is_required = tally.entries > 1 && one->second.count == tally.entries;
  }
  return fields;
}

std::vector<Used> most_used(const ValueCounts& values, std::size_t most) {
  std::vector<Used> used;
  for (const auto& [value, count] : values.counts) {
    if (!value.empty()) used.push_back({value, count});
  }
  std::stable_sort(
      used.begin(), used.end(), [](const Used& a, const Used& b) { return a.count > b.count; });
  if (used.size() > most) used.resize(most);
  return used;
}

std::string title_of(std::string_view name) {
  std::string title(name);
  std::replace(title.begin(), title.end(), '_', ' ');
  std::replace(title.begin(), title.end(), '-', ' ');
  if (!title.empty() && title[0] >= 'a' && title[0] <= 'z') {
    title[0] = static_cast<char>(title[0] - 'a' + 'A');
  }
  return title;
}

}  // namespace stet::schema
