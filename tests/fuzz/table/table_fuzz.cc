// CSV and TSV: whatever the bytes, rows; those as they are change no byte; a cell that is edited is
// read back, and the bytes of the other rows stay.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cms/document/table.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace stet::document;
  if (size == 0) return 0;
  const char* path = bytes[0] % 2 == 0 ? "x.csv" : "x.tsv";
  std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  stet::Problems problems;
  Table table = read_table(text, separator_of(path), path, problems);
  Data rows = rows_of(table);
  auto same = edit_table(text, path, rows);
  if (!problems.empty()) {
    if (same) std::abort();
    return 0;
  }
  if (!same || *same != text) std::abort();
  if (table.rows.empty() || rows.list()->front().map()->empty()) return 0;
  std::size_t row = size % table.rows.size();
  DataMap& map = *(*rows.list())[row].map();
  map.value_at(0) = Data("a,b\t\"c\"\n");
  auto edited = edit_table(text, path, rows);
  if (!edited) std::abort();
  if (!edited->starts_with(text.substr(0, table.rows[row].begin))) std::abort();
  if (!edited->ends_with(text.substr(table.rows[row].next))) std::abort();
  Table again = read_table(*edited, separator_of(path), path, problems);
  if (!problems.empty() || !(rows_of(again) == rows)) std::abort();
  return 0;
}
