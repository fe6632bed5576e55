// What a process left on disk, under hostile input: understood or refused; and what was understood
// is written so that it is understood again, the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cms/pipeline/state_record.h"

namespace {

using stet::pipeline::SavedSite;
using stet::pipeline::StateDecoder;
using stet::pipeline::StateEncoder;

constexpr std::uint64_t kAnyNumber = ~std::uint64_t{0};

void require(bool holds) {
  if (!holds) std::abort();
}

// Records of <bytes: u16 LE> <bytes>; as many as are accepted.
bool read(std::string_view rest, StateDecoder& decoder) {
  while (rest.size() >= 2) {
    std::size_t size = static_cast<unsigned char>(rest[0]) +
                       (std::size_t{static_cast<unsigned char>(rest[1])} << 8);
    if (!decoder.accept(rest.substr(2, size))) return false;
    rest.remove_prefix(std::min(rest.size(), size + 2));
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  stet::reads::Names names;
  SavedSite site;
  StateDecoder decoder(names, {}, kAnyNumber, site);
  if (!read({reinterpret_cast<const char*>(data), size}, decoder)) return 0;

  StateEncoder encoder(names, decoder.texts());
  StateEncoder fresh(names);
  for (const auto& [node, saved] : site.nodes) {
    encoder.add(node, saved);
    fresh.add(node, saved);
  }
  fresh.add_instants(site.instants);
  if (site.history) fresh.add_history(*site.history);
  SavedSite again;
  StateDecoder second(names, {}, kAnyNumber, again);
  require(second.accept(StateEncoder::heading({})).has_value());
  require(second.accept(fresh.take_publication(site.mark)).has_value());
  require(again.mark == site.mark && again.nodes == site.nodes && again.instants == site.instants);
  require(again.history.has_value() == site.history.has_value());
  require(!site.history || again.history->last_changed.size() == site.history->last_changed.size());

  // The same file gone on with.
  SavedSite tail;
  decoder.go_on_with(tail);
  require(site.mark.number == 0 || decoder.accept(encoder.take_publication(site.mark)).has_value());
  return 0;
}
