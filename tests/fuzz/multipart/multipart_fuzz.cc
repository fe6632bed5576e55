// Forms with files: any body and any type. Parts lie in the body, in order, one behind the other.

#include <cstdint>
#include <cstdlib>

#include "api/http/multipart.h"
#include "storage/base/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stet;
  std::string_view input(reinterpret_cast<const char*>(data), size);
  std::size_t line = std::min(input.find('\n'), input.size());
  auto boundary = http::boundary_of("multipart/form-data; " + std::string(input.substr(0, line)));
  (void)http::parse_parameters(input.substr(0, line));
  MemorySource body(input.substr(std::min(line + 1, input.size())));
  auto parts = http::parse_multipart(body, boundary ? *boundary : "B");
  if (!parts) return 0;
  std::uint64_t end = 0;
  for (const http::Part& part : *parts) {
    bool is_inside = part.offset >= end && part.offset + part.size <= body.size();
    if (!is_inside || !is_utf8(part.name)) std::abort();
    end = part.offset + part.size;
  }
  return 0;
}
