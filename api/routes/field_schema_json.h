// The fields of entries as JSON Schema 2020-12, with what a form wants to know beside.
//
// A schema is of what the API shows as `front_matter`, or as `data`. Of a declared one an entry is
// valid here when it is to cms/schema/check.h, but for what JSON Schema cannot say (there). An
// inferred one asks for nothing but the types that there are, so every entry that there is fits it.
//
// `x-stet` of the whole: key, from ("declared", "inferred"), of (a pointer into the entry), shape,
// entries. Of a field: type (which widget), order (from 0), required (a form marks it, of drafts
// too), options ([{value, label}]; is_open: others may come), values ([{value, count}]: what
// entries have, most used first, for completion), items (of a list, inferred), entries (the list of
// those that a reference can name), default ("today", "now"), min and max of dates, external,
// is_own (Jekyll's or stet's own key). Threads: pure. Cost: linear in fields and values.
#pragma once

#include "api/routes/json.h"
#include "cms/schema/field.h"
#include "cms/schema/tally.h"

namespace stet::api {

inline constexpr std::size_t kValuesShownMax = 50;

struct FieldSchema {
  const schema::Schema& schema;
  const schema::Tally& tally;
  bool is_declared = true;  // else inferred of the tally
  bool is_draft = false;    // may lack what it needs
};

Json to_json(const FieldSchema& fields);

// The API's list of what has this key: "/api/v1/collections/people".
std::string url_of_key(std::string_view key);

}  // namespace stet::api
