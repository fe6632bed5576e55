// The parts of a multipart/form-data body (RFC 7578, RFC 2046 5.1.1), found where they lie: what is
// in them is not copied, whatever its size.
//
// Refused are bodies without their end, parts within parts, folded or doubled header fields, and
// other transfer encodings than none. Limits: MultipartLimits. O(n). Input may be any bytes.
// Threads: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/body.h"
#include "storage/base/byte_source.h"

namespace stet::http {

// A body to be read in parts; good as long as the body lives.
Result<std::unique_ptr<ByteSource>> source_of(const Body& body);

struct MultipartLimits {
  std::size_t parts_max = 100;
  std::size_t head_bytes_max = 8 * 1024;  // of one part
};

struct Part {
  std::string name;                     // of the form's field; UTF-8
  std::optional<std::string> filename;  // as the client has it: any text, UTF-8, slashes too
  std::string type;                     // its Content-Type; "": it says none
  std::uint64_t offset = 0, size = 0;   // of its content in the body
};

// What stands behind "boundary="; kInvalidInput where the type is another, or has none.
Result<std::string> boundary_of(std::string_view content_type);

// kInvalidInput says what is wrong, and with which part.
Result<std::vector<Part>> parse_multipart(const ByteSource& body,
                                          std::string_view boundary,
                                          const MultipartLimits& limits = {});

// The parameters of a field such as Content-Disposition: `form-data; name="a"; filename="b.jpg"`,
// after its first word. Names in lower case; a name's extended form (RFC 8187: filename*) comes
// decoded under the plain name, where it is UTF-8, and wins. None: it cannot be read.
using Parameters = std::vector<std::pair<std::string, std::string>>;
std::optional<Parameters> parse_parameters(std::string_view field);
std::optional<std::string> parameter_of(const Parameters& parameters, std::string_view name);

}  // namespace stet::http
