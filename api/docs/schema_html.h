// What a JSON Schema says, as HTML: types in words with links, and tables of members. Threads:
// pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/routes/json.h"

namespace stet::docs {

// The string under this key; "" where there is none.
std::string text_at(const api::Json& json, const char* key);

std::string joined(const std::vector<std::string>& parts, std::string_view between);

std::string code(std::string_view text);

// "list of Entry", "integer from 1", "a, b": with links to the page of schemas.
std::string type_html(const api::Json& schema);

struct TableRow {
  std::string name, type, note;
};

// `headings`: of the three columns. `label`: of the table, for those who do not see it.
std::string table_html(std::string_view label,
                       const std::vector<std::string_view>& headings,
                       const std::vector<TableRow>& rows);

// Beside a name.
std::string needed_mark(bool is_needed);

// All schemas of the document, each with its members.
std::string schema_page(const api::Json& document);

}  // namespace stet::docs
