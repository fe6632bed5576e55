// What a peer of git's hooks may send: any bytes, in any pieces, are the same lines or are refused.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "api/git/pkt_line.h"
#include "api/git/push_gate.h"

namespace {

using stet::git::next_pkt;
using stet::git::PktStep;

void require(bool is_so) {
  if (!is_so) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::string lines;
  while (!bytes.empty()) {
    PktStep step = next_pkt(bytes);
    if (step.kind == PktStep::Kind::kMalformed || step.kind == PktStep::Kind::kMore) break;
    require(step.consumed >= 4 && step.consumed <= bytes.size());
    // What came in part was waited for.
    require(next_pkt(bytes.substr(0, step.consumed - 1)).kind == PktStep::Kind::kMore);
    if (step.kind == PktStep::Kind::kLine) {
      std::string again = stet::git::pkt_line(step.text);
      require(next_pkt(again).text == step.text || step.text.ends_with('\n'));
      lines.append(step.text).append("\n");
    }
    bytes.remove_prefix(step.consumed);
  }
  auto updates = stet::git::parse_updates(lines);
  if (updates) {
    require(updates->size() <= stet::git::kUpdatesMax);
    for (const auto& update : *updates) require(!update.name.empty());
  }
  return 0;
}
