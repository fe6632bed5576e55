// A file that is data throughout, in whichever format its name says: YAML, JSON, CSV, TSV.
//
// JSON is read as YAML reads it, and stays JSON when it is edited. Threads: pure functions.
// Limits: yaml.h's and table.h's. Input may be any bytes.
#pragma once

#include <string>
#include <string_view>

#include "cms/document/data.h"
#include "storage/base/problem.h"
#include "storage/base/result.h"

namespace stet::document {

// ".yml", ".yaml", ".json", ".csv", ".tsv".
bool is_structured_name(std::string_view path);

Data read_structured(std::string_view bytes, std::string_view path, Problems& problems);

// `is_whole`: `data` is the whole new content; else a merge patch (RFC 7396). Bytes of what stays
// are kept (edit.h, table.h).
Result<std::string> edit_structured(std::string_view bytes,
                                    std::string_view path,
                                    const Data& data,
                                    bool is_whole);

Result<std::string> write_structured(const Data& data, std::string_view path);

}  // namespace stet::document
