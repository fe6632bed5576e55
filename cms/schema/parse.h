// Reads what a site says of its fields (field.h) out of `stet.collections` of its configuration.
//
// What is wrong is a fault with the place of it; a field with a fault is left out, and the others
// hold. Threads: pure. Limits: below; the depth of the data is YAML's. Input may be any data.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cms/document/data.h"
#include "cms/schema/field.h"
#include "storage/base/problem.h"

namespace stet::schema {

inline constexpr std::size_t kSchemasMax = 200;
inline constexpr std::size_t kFieldsMax = 1000;  // of all schemas together
inline constexpr std::size_t kFieldDepthMax = 5;
inline constexpr std::size_t kOptionsMax = 500;
inline constexpr std::size_t kNameBytesMax = 100;
inline constexpr std::size_t kLabelBytesMax = 200;
inline constexpr std::size_t kHelpBytesMax = 2000;
inline constexpr std::size_t kFaultsMax = 50;

struct Fault {
  Severity severity = Severity::kError;
  std::string pointer;  // RFC 6901, from `collections` on: "/posts/fields/0/type"
  std::string message;  // one plain sentence, with the mend
};

struct Parsed {
  Schemas schemas;
  std::vector<Fault> faults;
};

// nil: nothing is said, and nothing is wrong.
Parsed parse_schemas(const document::Data& collections);

}  // namespace stet::schema
