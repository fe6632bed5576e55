#include "cms/site_import/decap_fields.h"

#include <algorithm>
#include <iterator>

#include "cms/change/report.h"
#include "cms/schema/parse.h"
#include "cms/site_import/yaml_there.h"
#include "storage/base/utf8.h"

namespace stet::site_import {
namespace {

using document::Data;
using document::pointer_token;

// By name the type that a widget becomes; "" where it takes more than a word.
struct Widget {
  std::string_view name, type;
};
constexpr Widget kWidgets[] = {
    {"boolean", "boolean"},   {"code", ""},           {"color", "text"},  {"compute", "text"},
    {"date", "date"},         {"datetime", "date"},   {"file", "text"},   {"hidden", ""},
    {"image", "image"},       {"keyvalue", "object"}, {"list", ""},       {"map", "text"},
    {"markdown", "markdown"}, {"number", "number"},   {"object", ""},     {"relation", ""},
    {"richtext", "markdown"}, {"select", ""},         {"string", "text"}, {"text", "text"},
    {"uuid", "text"},
};

// What a text then lacks of its widget.
constexpr Widget kLost[] = {
    {"color", "its picker of colours"},
    {"compute", "that it is computed of others"},
    {"file", "its upload; put the path in"},
    {"map", "its map; it is text of GeoJSON"},
    {"uuid", "that it is made by itself"},
};

// Keys that mean something here, for any widget or those named.
struct Known {
  std::string_view key, widgets;  // parted by blanks; "": all
};
constexpr Known kRead[] = {
    {"name", ""},
    {"label", ""},
    {"widget", ""},
    {"required", ""},
    {"default", ""},
    {"hint", ""},
    {"pattern", ""},
    {"fields", "list object"},
    {"field", "list"},
    {"types", "list"},
    {"min", "list number select relation"},
    {"max", "list number select relation"},
    {"options", "select"},
    {"multiple", "select relation image file"},
    {"collection", "relation"},
    {"value_field", "relation"},
    {"file", "relation"},
    {"value_type", "number"},
    {"choose_url", "image file"},
    {"output_code_only", "code"},
    {"keys", "code"},
    {"minlength", "string text"},
    {"maxlength", "string text"},
};

// How a form looks, and where its editor looks for things.
constexpr std::string_view kOfForms[] = {
    "add_to_top",
    "allow_add",
    "allow_remove",
    "allow_reorder",
    "allow_language_selection",
    "buttons",
    "collapsed",
    "comment",
    "default_language",
    "display_fields",
    "dropdown_threshold",
    "editor_components",
    "enableAlpha",
    "allowInput",
    "filters",
    "label_singular",
    "media_library",
    "minimal",
    "minimize_collapsed",
    "modes",
    "options_length",
    "preview",
    "readonly",
    "sanitize_preview",
    "search_fields",
    "show_input",
    "step",
    "summary",
    "typeKey",
    "view",
};

bool is_of(const Known& known, std::string_view widget) {
  if (known.widgets.empty()) return true;
  std::string padded = " " + std::string(known.widgets) + " ";
  return padded.find(" " + std::string(widget) + " ") != padded.npos;
}

bool is_flag(const Data& data, std::string_view key, bool otherwise) {
  const Data* value = data.find(key);
  return value && value->boolean() ? *value->boolean() : otherwise;
}

// "/fields/0/default" of "/x/fields/0/default", and "default" of that.
std::string attribute_of(const std::string& pointer, const std::string& begin) {
  if (!pointer.starts_with(begin + "/")) return "";
  std::string rest = pointer.substr(begin.size() + 1);
  return rest.substr(0, rest.find('/'));
}

}  // namespace

Place DecapFields::place_of(const std::string& pointer) {
  if (++places_ > schedule_import::kFindingsMax) return {};
  auto position = change::place_of(text_, change::FileShape::kYaml, pointer);
  return position ? Place{position->line, position->column} : Place{};
}

void DecapFields::leave_out(const Source& source, std::string_view key, const std::string& why) {
  std::string pointer = key.empty() ? source.pointer : source.pointer + "/" + pointer_token(key);
  told_.leave_out(place_of(pointer), "field '" + printable(source.name, 60) + "': " + why);
}

document::Data::List DecapFields::fields(const Data* list,
                                         const std::string& pointer,
                                         bool is_entry) {
  return fields_at(list, pointer, is_entry, 1);
}

document::Data::List DecapFields::fields_at(const Data* list,
                                            const std::string& pointer,
                                            bool is_entry,
                                            std::size_t depth) {
  Data::List fields;
  if (!list || list->is_nil()) return fields;
  if (!list->list()) {
    told_.leave_out(place_of(pointer), "fields are a list; these stay behind");
    return fields;
  }
  for (std::size_t i = 0; i < list->list()->size() && i < schema::kFieldsMax; ++i) {
    const Data& one = (*list->list())[i];
    // The layout's or the page's text: every entry has it.
    if (is_entry && text_in(one, "name") == "body") continue;
    auto made = field(one, pointer + "/" + std::to_string(i), false, depth);
    if (made) fields.emplace_back(std::move(*made));
  }
  return fields;
}

std::optional<DecapFields::Map> DecapFields::field(const Data& data,
                                                   const std::string& pointer,
                                                   bool is_item,
                                                   std::size_t depth) {
  Source source{data, pointer, text_in(data, "name"), text_in(data, "widget")};
  if (source.widget.empty()) source.widget = "string";
  if (!data.is_map() || (source.name.empty() && !is_item)) {
    told_.leave_out(place_of(pointer), "a field without a name stays behind");
    return std::nullopt;
  }
  if (depth > schema::kFieldDepthMax) {
    leave_out(source,
              "",
              "it lies in more than " + std::to_string(schema::kFieldDepthMax) +
                  " fields, and stays behind; make the outer ones flatter");
    return std::nullopt;
  }
  Map out;
  if (!is_item) out.set("name", source.name);
  if (!set_type(source, out, depth)) return std::nullopt;
  set_words(source, out, is_item);
  set_pattern(source, out);
  set_default(source, out);
  tell_others(source);
  return accepted(source, std::move(out), is_item);
}

bool DecapFields::set_type(const Source& source, Map& out, std::size_t depth) {
  auto known = std::find_if(std::begin(kWidgets), std::end(kWidgets), [&](const Widget& one) {
    return one.name == source.widget;
  });
  if (known == std::end(kWidgets)) {
    leave_out(source,
              "widget",
              "the widget '" + printable(source.widget, 60) +
                  "' has no counterpart, and the field stays behind; its key may be in entries "
                  "all the same, unless the collection says additional: false");
    return false;
  }
  auto lost = std::find_if(std::begin(kLost), std::end(kLost), [&](const Widget& one) {
    return one.name == source.widget;
  });
  if (lost != std::end(kLost)) {
    leave_out(source, "widget", "it becomes text, without " + std::string(lost->type));
  }
  bool is_several = is_flag(source.field, "multiple", false);
  Map one;
  if (source.widget == "list") {
    set_list(source, one, depth);
  } else if (source.widget == "object") {
    set_object(source, one, depth);
  } else if (source.widget == "select") {
    set_select(source, one);
  } else if (source.widget == "relation") {
    set_relation(source, one);
  } else if (source.widget == "hidden") {
    set_hidden(source, one);
  } else if (source.widget == "code") {
    set_code(source, one);
  } else {
    one.set("type", known->type);
    if (source.widget == "number") set_number(source, one);
    if (source.widget == "image" && is_flag(source.field, "choose_url", true)) {
      one.set("external", true);
    }
  }
  if (is_several) one = Map{{"type", "list"}, {"of", std::move(one)}};
  for (const auto& [key, value] : one) out.set(key, value);
  if (!is_several && source.widget != "list") return true;
  for (auto [key, own] : {std::pair("min", "min_items"), std::pair("max", "max_items")}) {
    const Data* size = source.field.find(key);
    if (size && size->integer()) out.set(own, *size);
  }
  return true;
}

void DecapFields::set_list(const Source& source, Map& out, std::size_t depth) {
  bool is_words = source.name == "tags" || source.name == "categories";
  out.set("type", "list");
  if (const Data* types = source.field.find("types"); types && !types->is_nil()) {
    leave_out(source, "types", "items of several types become objects without fields of their own");
    out.set("of", Map{{"type", "object"}});
    return;
  }
  const Data* fields = source.field.find("fields");
  if (fields && !fields->is_nil()) {
    out.set("of",
            Map{{"type", "object"},
                {"fields", fields_at(fields, source.pointer + "/fields", false, depth + 2)}});
    return;
  }
  const Data* one = source.field.find("field");
  if (one && !one->is_nil()) {
    auto item = field(*one, source.pointer + "/field", true, depth + 1);
    if (item) out.set("of", std::move(*item));
    return;
  }
  if (is_words) {
    out.set("type", "tags");
  } else {
    out.set("of", "text");
  }
}

void DecapFields::set_object(const Source& source, Map& out, std::size_t depth) {
  out.set("type", "object");
  out.set("fields",
          fields_at(source.field.find("fields"), source.pointer + "/fields", false, depth + 1));
}

void DecapFields::set_select(const Source& source, Map& out) {
  out.set("type", "select");
  const Data* options = source.field.find("options");
  if (options) out.set("options", *options);
}

// A reference holds an entry's name; one that holds another of its fields stays text.
void DecapFields::set_relation(const Source& source, Map& out) {
  std::string collection = text_in(source.field, "collection");
  std::string value = text_in(source.field, "value_field");
  auto key = keys_.find(collection);
  bool is_name = value == "{{slug}}" || value == "slug";
  bool is_entries = key != keys_.end() && !key->second.empty() && !key->second.starts_with("data/");
  if (is_name && is_entries) {
    out.set("type", "reference");
    out.set("collection", key->second);
    return;
  }
  out.set("type", "text");
  leave_out(source,
            is_name ? "collection" : "value_field",
            is_name ? "there is no collection '" + printable(collection, 60) +
                          "' to refer to; it becomes text"
                    : "it holds '" + printable(value, 60) +
                          "' of another entry; a reference of stet holds the entry's name "
                          "({{slug}}), so it becomes text");
}

void DecapFields::set_hidden(const Source& source, Map& out) {
  const Data* value = source.field.find("default");
  bool is_number = value && (value->integer() || value->real());
  out.set("type", value && value->boolean() ? "boolean" : is_number ? "number" : "text");
  leave_out(source, "widget", "it is hidden there; here forms show it");
}

void DecapFields::set_code(const Source& source, Map& out) {
  if (is_flag(source.field, "output_code_only", false)) return out.set("type", "text");
  const Data* keys = source.field.find("keys");
  std::string code = keys ? text_in(*keys, "code") : "", lang = keys ? text_in(*keys, "lang") : "";
  out.set("type", "object");
  out.set("fields",
          Data::List{Map{{"name", code.empty() ? "code" : code}, {"type", "text"}},
                     Map{{"name", lang.empty() ? "lang" : lang}, {"type", "text"}}});
}

void DecapFields::set_number(const Source& source, Map& out) {
  std::string type = text_in(source.field, "value_type");
  if (type == "int") out.set("integer", true);
  if (type.ends_with("string")) {
    leave_out(source, "value_type", "it is a number here, and no text of one");
  }
  for (const char* key : {"min", "max"}) {
    const Data* bound = source.field.find(key);
    if (bound && (bound->integer() || bound->real())) out.set(key, *bound);
  }
}

void DecapFields::set_words(const Source& source, Map& out, bool is_item) {
  for (auto [key, own] : {std::pair("label", "label"), std::pair("hint", "help")}) {
    std::string text = text_in(source.field, key);
    if (!text.empty()) out.set(own, std::move(text));
  }
  for (auto [key, own] :
       {std::pair("minlength", "min_length"), std::pair("maxlength", "max_length")}) {
    const Data* size = source.field.find(key);
    bool is_text = source.widget == "string" || source.widget == "text";
    if (is_text && size && size->integer()) out.set(own, *size);
  }
  // There every field must be filled that does not say otherwise.
  bool is_fixed = is_item || source.widget == "hidden" || source.widget == "boolean";
  if (!is_fixed && is_flag(source.field, "required", true)) out.set("required", true);
}

// [expression, what to say where it does not fit].
void DecapFields::set_pattern(const Source& source, Map& out) {
  const Data* pattern = source.field.find("pattern");
  if (!pattern || pattern->is_nil()) return;
  std::string expression, message;
  if (pattern->string()) expression = *pattern->string();
  if (const Data::List* list = pattern->list(); list && !list->empty()) {
    if ((*list)[0].string()) expression = *(*list)[0].string();
    if (list->size() > 1 && (*list)[1].string()) message = *(*list)[1].string();
  }
  if (expression.empty()) return leave_out(source, "pattern", "a pattern is text; it stays behind");
  out.set("pattern", expression);
  if (message.empty()) return;
  const Data* help = out.find("help");
  out.set("help", help ? *help->string() + " " + message : message);
}

void DecapFields::set_default(const Source& source, Map& out) {
  const Data* value = source.field.find("default");
  if (!value || value->is_nil()) return;
  bool is_filled_in = value->string() && value->string()->find("{{") != std::string::npos;
  bool is_nothing = value->string() && value->string()->empty();
  if (is_nothing) return;
  if (is_filled_in) {
    return leave_out(source, "default", "its default is filled in by the editor, and stays behind");
  }
  out.set("default", *value);
}

void DecapFields::tell_others(const Source& source) {
  for (const auto& [key, value] : *source.field.map()) {
    bool is_read = std::any_of(std::begin(kRead), std::end(kRead), [&](const Known& one) {
      return one.key == key && is_of(one, source.widget);
    });
    bool is_of_forms =
        std::find(std::begin(kOfForms), std::end(kOfForms), key) != std::end(kOfForms);
    if (!is_read && !is_of_forms) {
      leave_out(source, key, "'" + printable(key, 60) + "' has no counterpart");
    }
  }
}

std::optional<DecapFields::Map> DecapFields::accepted(const Source& source, Map out, bool is_item) {
  const std::string key = "posts", begin = is_item ? "/posts/fields/0/of" : "/posts/fields/0";
  for (std::size_t tries = 0; tries < 10; ++tries) {
    Data probe = is_item ? Data(Map{{"name", "x"}, {"type", "list"}, {"of", out}}) : Data(out);
    auto parsed = schema::parse_schemas(Map{{key, Map{{"fields", Data::List{std::move(probe)}}}}});
    if (parsed.faults.empty()) return out;
    const schema::Fault& fault = parsed.faults.front();
    std::string attribute = attribute_of(fault.pointer, begin);
    bool is_vital = attribute.empty() || attribute == "name" || attribute == "type" ||
                    attribute == "of" || !out.erase(attribute);
    leave_out(source,
              source.field.find(attribute) ? attribute : "",
              fault.message + (is_vital ? "; the field stays behind"
                                        : "; its '" + attribute + "' stays behind"));
    if (is_vital) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace stet::site_import
