// Fields of Decap and Sveltia (their `fields:`) as fields of stet (cms/schema/field.h).
//
// What has no counterpart is told with its line. What only says how a form looks (collapsed,
// summary, buttons) is dropped without a word. Each field is held against cms/schema itself: what
// that refuses (a default of another type, a pattern that RE2 does not read) is left out of it, and
// told. Threads: one. Limits: those of cms/schema, and kFindingsMax.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "cms/document/data.h"
#include "cms/site_import/told.h"

namespace stet::site_import {

class DecapFields {
 public:
  // `text`: the file, for lines. `keys`: by a collection's name, what it is called here; "" where
  // it is none. All must outlive it.
  DecapFields(std::string_view text, const std::map<std::string, std::string>& keys, Told& told)
      : text_(text), keys_(keys), told_(told) {}

  // The fields in `list`, which stands at the JSON pointer; `is_entry`: a field called body is the
  // entry's text, and no field of it.
  document::Data::List fields(const document::Data* list,
                              const std::string& pointer,
                              bool is_entry);

  // Where it stands; of a large file, and after kFindingsMax of them, nowhere.
  Place place_of(const std::string& pointer);

 private:
  using Map = document::Data::Map;
  struct Source {
    const document::Data& field;
    std::string pointer, name, widget;
  };

  std::optional<Map> field(const document::Data& data,
                           const std::string& pointer,
                           bool is_item,
                           std::size_t depth);
  // False: it has no counterpart.
  bool set_type(const Source& source, Map& out, std::size_t depth);
  void set_list(const Source& source, Map& out, std::size_t depth);
  void set_object(const Source& source, Map& out, std::size_t depth);
  void set_select(const Source& source, Map& out);
  void set_relation(const Source& source, Map& out);
  void set_hidden(const Source& source, Map& out);
  void set_code(const Source& source, Map& out);
  void set_number(const Source& source, Map& out);
  void set_words(const Source& source, Map& out, bool is_item);
  void set_pattern(const Source& source, Map& out);
  void set_default(const Source& source, Map& out);
  void tell_others(const Source& source);
  // Without what cms/schema does not take; none where nothing is left.
  std::optional<Map> accepted(const Source& source, Map out, bool is_item);
  document::Data::List fields_at(const document::Data* list,
                                 const std::string& pointer,
                                 bool is_entry,
                                 std::size_t depth);
  void leave_out(const Source& source, std::string_view key, const std::string& why);

  const std::string_view text_;
  const std::map<std::string, std::string>& keys_;
  Told& told_;
  std::size_t places_ = 0;  // that were asked for
};

}  // namespace stet::site_import
