// A schedule as CSV: whatever the bytes, a schedule or a refusal, and what holds of each.

#include <cstdint>
#include <string_view>

#include "cms/schedule_import/read_csv.h"
#include "tests/fuzz/schedule_import/imported.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace stet::schedule_import;
  Wishes wishes;
  wishes.year = 2021;
  std::string_view text(reinterpret_cast<const char*>(bytes), size);
  check_imported(read_csv(text, "x.csv", wishes));
  return 0;
}
