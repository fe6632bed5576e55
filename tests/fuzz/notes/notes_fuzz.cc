// Messages of commits: whatever is read of one comes back when it is written, and limits hold.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "api/changes/notes.h"
#include "api/changes/record.h"

namespace {

using namespace stet::changes;

void must(bool is_so) {
  if (!is_so) std::abort();
}

std::string message_of(const Note& note) {
  stet::storage::ChangeSet change = change_set_of(note, {});
  std::string text = change.message + "\n\n";
  for (const auto& [key, value] : change.trailers) text += key + ": " + value + "\n";
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  is_id(text);
  auto note = note_of(text);
  if (!note) return 0;
  must(note->title.size() <= kTitleBytesMax);
  must(note->description.size() <= kDescriptionBytesMax);
  auto again = note_of(message_of(*note));
  must(again && again->verb == note->verb);
  must(again->publish_at == note->publish_at);
  must(again->published_as == note->published_as);
  return 0;
}
