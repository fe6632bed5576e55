// One field out of the configuration, and what is gathered while it is read.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cms/document/data.h"
#include "cms/schema/parse.h"

namespace stet::schema {

class Reader {
 public:
  void fault(std::string pointer, std::string message);
  void add(Severity severity, std::string pointer, std::string message);
  std::size_t count() const { return count_; }  // of faults, those too that are not told

  // "" or `otherwise` where the map has no such key.
  std::string text(const document::Data& map,
                   std::string_view key,
                   const std::string& pointer,
                   std::size_t bytes_max);
  bool flag(const document::Data& map,
            std::string_view key,
            const std::string& pointer,
            bool otherwise);

  // False, and a fault, where there are too many fields.
  bool count_field(const std::string& pointer);
  std::vector<Fault> take() { return std::move(faults_); }

 private:
  std::vector<Fault> faults_;
  std::size_t count_ = 0, fields_ = 0;
};

struct Place {
  std::string pointer;
  std::size_t depth = 1;  // of fields in fields
};

// `list` may be null. Those without a fault.
std::vector<Field> parse_fields(Reader& reader, const document::Data* list, const Place& place);

}  // namespace stet::schema
