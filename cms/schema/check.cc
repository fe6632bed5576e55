#include "cms/schema/check.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>

#include "cms/document/pointer.h"
#include "cms/schema/moment.h"
#include "storage/base/utf8.h"

namespace stet::schema {
namespace {

using document::Data;
using document::pointer_token;
using enum FieldType;

constexpr std::size_t kShownBytesMax = 60;

// What browsers show, and what their makers send instead.
constexpr std::string_view kPictures[] = {".jpg",
                                          ".jpeg",
                                          ".jfif",
                                          ".png",
                                          ".apng",
                                          ".gif",
                                          ".webp",
                                          ".avif",
                                          ".svg",
                                          ".ico",
                                          ".bmp",
                                          ".tif",
                                          ".tiff",
                                          ".heic",
                                          ".heif",
                                          ".jxl"};

// By its name: what it holds was looked at when it was uploaded.
bool is_picture(std::string_view path) {
  std::size_t dot = path.rfind('.');
  if (dot == path.npos) return false;
  std::string extension(path.substr(dot));
  std::transform(extension.begin(), extension.end(), extension.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return std::find(std::begin(kPictures), std::end(kPictures), extension) != std::end(kPictures);
}

std::string quoted(std::string_view text) { return "'" + printable(text, kShownBytesMax) + "'"; }

std::string kind_of(const Data& value) {
  switch (value.kind()) {
    case Data::Kind::kNil: return "nothing";
    case Data::Kind::kBool: return *value.boolean() ? "true" : "false";
    case Data::Kind::kInt:
    case Data::Kind::kDouble: return "the number " + document::to_string(value);
    case Data::Kind::kString: return "text";
    case Data::Kind::kDate:
    case Data::Kind::kTime: return "a date";
    case Data::Kind::kList: return "a list";
    case Data::Kind::kMap: return "keys with values";
  }
  return "";
}

bool is_text(const Data& value) { return value.is_string() || value.date() || value.time(); }
bool is_number(const Data& value) { return value.integer() || value.real(); }

double number_of(const Data& value) {
  return value.integer() ? static_cast<double>(*value.integer()) : *value.real();
}

// Code points, as JSON Schema counts.
std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string shown(const Option& option) {
  return option.value.is_string() ? *option.value.string() : document::to_string(option.value);
}

class Checker {
 public:
  // `takes_own`: keys of Jekyll's own are taken whatever is said.
  Checker(const Asked& asked, bool takes_own, const Tell& tell)
      : world_(asked.world), is_draft_(asked.is_draft), takes_own_(takes_own), tell_(tell) {}

  void check_map(const std::vector<Field>& fields,
                 bool takes_others,
                 const Data& map,
                 const std::string& pointer) {
    for (const Field& field : fields) {
      const Data* value = map.find(field.name);
      std::string own = pointer + "/" + pointer_token(field.name);
      if (value && !value->is_nil()) {
        check_value(field, *value, own);
      } else if (field.is_required) {
        tell_(is_draft_ ? Severity::kWarning : Severity::kError,
              std::move(own),
              quoted(field.name) + " is needed" + wanted_of(field));
      }
    }
    if (takes_others) return;
    for (const auto& [key, value] : *map.map()) {
      bool is_known = std::any_of(
          fields.begin(), fields.end(), [&](const Field& one) { return one.name == key; });
      if (is_known || (takes_own_ && pointer.empty() && is_own_key(key))) continue;
      error(pointer + "/" + pointer_token(key),
            "there is no field " + quoted(key) + " here" + names_of(fields));
    }
  }

  void check_value(const Field& field, const Data& value, const std::string& pointer) {
    switch (field.type) {
      case kText:
      case kMarkdown: return check_text(field, value, pointer);
      case kDate: return check_date(field, value, pointer);
      case kBoolean:
        if (!value.boolean()) wrong(field, value, pointer, "true or false, without quotes");
        return;
      case kNumber: return check_number(field, value, pointer);
      case kList: return check_list(field, value, pointer);
      case kTags: return check_tags(field, value, pointer);
      case kImage: return check_image(field, value, pointer);
      case kReference: return check_reference(field, value, pointer);
      case kSelect: return check_option(field, value, pointer);
      case kObject:
        if (!value.is_map()) return wrong(field, value, pointer, "keys with values");
        return check_map(field.fields, field.takes_others, value, pointer);
      case kAny: return;
    }
  }

 private:
  void error(std::string pointer, std::string message) {
    tell_(Severity::kError, std::move(pointer), std::move(message));
  }

  void wrong(const Field& field,
             const Data& value,
             const std::string& pointer,
             std::string_view wanted) {
    std::string name = field.name.empty() ? "each of the list" : quoted(field.name);
    error(pointer, name + " is " + std::string(wanted) + ", and this is " + kind_of(value));
  }

  static std::string wanted_of(const Field& field) {
    return field.label.empty() ? "" : " (" + printable(field.label, kShownBytesMax) + ")";
  }

  static std::string names_of(const std::vector<Field>& fields) {
    std::string names;
    for (const Field& field : fields) {
      if (names.size() > 200) return names + " ...";
      names += (names.empty() ? "; there are " : ", ") + printable(field.name, kShownBytesMax);
    }
    return names;
  }

  void check_pattern(const Field& field, std::string_view text, const std::string& pointer) {
    if (!field.pattern || field.pattern->is_found_in(text)) return;
    error(pointer,
          quoted(text) + " does not fit the pattern " + field.pattern->text() +
              (field.help.empty() ? "" : ": " + printable(field.help, 200)));
  }

  void check_size(const Field& field,
                  std::size_t size,
                  std::string_view unit,
                  const std::string& pointer) {
    std::size_t least = field.size_min.value_or(0);
    if (size == 0 && least == 0 && field.is_required) {
      tell_(is_draft_ ? Severity::kWarning : Severity::kError,
            pointer,
            (field.name.empty() ? "each of the list" : quoted(field.name)) + " is needed");
    } else if (size < least) {
      error(pointer,
            "this has " + std::to_string(size) + " " + std::string(unit) + "; " +
                std::to_string(least) + " are the least");
    }
    if (field.size_max && size > *field.size_max) {
      error(pointer,
            "this has " + std::to_string(size) + " " + std::string(unit) + "; " +
                std::to_string(*field.size_max) + " are the most");
    }
  }

  void check_text(const Field& field, const Data& value, const std::string& pointer) {
    if (!is_text(value)) {
      bool is_plain = is_number(value) || value.boolean();
      return wrong(field, value, pointer, is_plain ? "text: put it in quotes" : "text");
    }
    std::string text = date_text(value);
    check_size(field, length_of(text), "characters", pointer);
    check_pattern(field, text, pointer);
  }

  void check_date(const Field& field, const Data& value, const std::string& pointer) {
    if (!is_date(value)) {
      std::string what = is_text(value) ? quoted(date_text(value)) : "this";
      return error(pointer,
                   what +
                       " is no date; write a day, 2020-10-11, or a time with its offset, "
                       "2020-10-11 10:00:00 +0200");
    }
    if (field.min && is_less(value, *field.min)) {
      error(pointer, date_text(value) + " is before " + date_text(*field.min));
    }
    if (field.max && is_less(*field.max, value)) {
      error(pointer, date_text(value) + " is after " + date_text(*field.max));
    }
  }

  void check_number(const Field& field, const Data& value, const std::string& pointer) {
    if (!is_number(value) || !std::isfinite(number_of(value))) {
      return wrong(field, value, pointer, "a number, without quotes");
    }
    double number = number_of(value);
    if (field.is_whole && number != std::floor(number)) {
      error(pointer, document::to_string(value) + " is no whole number");
    }
    if (field.min && is_less(value, *field.min)) {
      error(pointer,
            document::to_string(value) + " is less than " + document::to_string(*field.min));
    }
    if (field.max && is_less(*field.max, value)) {
      error(pointer,
            document::to_string(value) + " is more than " + document::to_string(*field.max));
    }
  }

  void check_list(const Field& field, const Data& value, const std::string& pointer) {
    const Data::List* list = value.list();
    if (!list) return wrong(field, value, pointer, "a list");
    check_size(field, list->size(), "items", pointer);
    if (field.fields.empty()) return;
    const Field& item = field.fields.front();
    for (std::size_t i = 0; i < list->size(); ++i) {
      std::string own = pointer + "/" + std::to_string(i);
      if ((*list)[i].is_nil()) {
        error(own, "an item of the list is empty");
      } else {
        check_value(item, (*list)[i], own);
      }
    }
  }

  void check_tags(const Field& field, const Data& value, const std::string& pointer) {
    bool has_limits = field.size_min || field.size_max || field.pattern;
    if (is_text(value) && !has_limits) {
      bool is_blank = date_text(value).find_first_not_of(" \t\r\n") == std::string::npos;
      if (field.is_required && is_blank) check_size(field, 0, "items", pointer);
      return;
    }
    const Data::List* list = value.list();
    if (!list) return wrong(field, value, pointer, "a list of words, such as [one, two]");
    check_size(field, list->size(), "items", pointer);
    for (std::size_t i = 0; i < list->size(); ++i) {
      const Data& item = (*list)[i];
      std::string own = pointer + "/" + std::to_string(i);
      bool is_word = is_number(item) || (is_text(item) && !date_text(item).empty());
      if (!is_word) {
        error(own,
              item.boolean() ? "this is true or false; a word is put in quotes: 'yes'"
                             : "this is no word");
      } else if (field.pattern && !is_text(item)) {
        error(own, "this is a number; put it in quotes");
      } else {
        check_pattern(field, date_text(item), own);
      }
    }
  }

  void check_image(const Field& field, const Data& value, const std::string& pointer) {
    const Data* path = value.is_map() ? value.find("path") : &value;
    std::string text = path && is_text(*path) ? date_text(*path) : "";
    if (text.empty()) {
      return wrong(field, value, pointer, "the path of a file, or {path: ..., alt: ...}");
    }
    std::string own = value.is_map() ? pointer + "/path" : pointer;
    const Data* alt = value.find("alt");
    if (alt && !alt->is_nil() && !is_text(*alt)) error(pointer + "/alt", "alt is text");
    bool is_elsewhere = text.starts_with("https://") || text.starts_with("http://");
    if (is_elsewhere && field.is_external) return;
    std::string_view file = text;
    if (file.starts_with('/')) file.remove_prefix(1);
    if (is_elsewhere || !world_.has_file(file)) {
      return error(std::move(own),
                   "there is no file " + quoted(text) + "; upload it, or mend the path");
    }
    if (is_picture(file)) return;
    error(std::move(own),
          quoted(text) + " is no picture; name a file such as .jpg, .png, .webp or .svg");
  }

  void check_reference(const Field& field, const Data& value, const std::string& pointer) {
    std::string name = is_text(value) ? date_text(value) : "";
    if (name.empty()) {
      return wrong(field, value, pointer, "the name of one of " + field.collection);
    }
    if (world_.has_entry(field.collection, name)) return;
    error(pointer, "there is no " + quoted(name) + " in " + field.collection);
  }

  void check_option(const Field& field, const Data& value, const std::string& pointer) {
    bool is_there = std::any_of(field.options.begin(), field.options.end(), [&](const Option& one) {
      return is_same(one.value, value);
    });
    if (is_there) return;
    std::string names;
    for (const Option& option : field.options) {
      if (names.size() > 200) break;
      names += (names.empty() ? "" : ", ") + printable(shown(option), kShownBytesMax);
    }
    std::string what = is_text(value) ? quoted(date_text(value)) : kind_of(value);
    error(pointer, what + " is none of the options " + names);
  }

  const World& world_;
  const bool is_draft_, takes_own_;
  const Tell& tell_;
};

}  // namespace

void check(const Asked& asked, const Data& data, const Tell& tell) {
  const Schema& schema = asked.schema;
  Checker checker(asked, !schema.key.starts_with("data/"), tell);
  auto check_one = [&](const Data& one, const std::string& pointer) {
    if (one.is_map()) {
      checker.check_map(schema.fields, schema.takes_others, one, pointer);
    } else {
      tell(Severity::kError, pointer, "this is keys with values, and not " + kind_of(one));
    }
  };
  if (schema.shape == Shape::kObject) return check_one(data, "");
  if (schema.shape == Shape::kList) {
    if (!data.is_list()) return tell(Severity::kError, "", "this file is a list");
    for (std::size_t i = 0; i < data.list()->size(); ++i) {
      check_one((*data.list())[i], "/" + std::to_string(i));
    }
    return;
  }
  if (!data.is_map()) return tell(Severity::kError, "", "this file is keys with values");
  for (const auto& [key, value] : *data.map()) check_one(value, "/" + pointer_token(key));
}

std::string initial_fault(const Field& field, const Data& value) {
  if (field.type == kDate && is_initial_moment(value)) return "";
  std::string fault;
  World world{[](std::string_view) { return true; },
              [](std::string_view, std::string_view) { return true; }};
  Tell tell = [&](Severity, std::string, std::string message) {
    if (fault.empty()) fault = "the default is no value of the field: " + message;
  };
  Schema none;
  Checker({none, world, false}, false, tell).check_value(field, value, "");
  return fault;
}

bool is_same(const Data& a, const Data& b) {
  if (is_number(a) && is_number(b)) {
    return a.integer() && b.integer() ? *a.integer() == *b.integer() : number_of(a) == number_of(b);
  }
  return is_text(a) && is_text(b) && date_text(a) == date_text(b);
}

bool is_less(const Data& a, const Data& b) {
  if (is_number(a) && is_number(b)) {
    return a.integer() && b.integer() ? *a.integer() < *b.integer() : number_of(a) < number_of(b);
  }
  return is_earlier(date_text(a), date_text(b));
}

}  // namespace stet::schema
