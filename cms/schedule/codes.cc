#include "cms/schedule/codes.h"

#include <algorithm>

#include "cms/schedule/event.h"
#include "cms/schedule/schedule_view.h"
#include "cms/schedule/uid.h"

namespace stet::schedule {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::size_t kCodeBytes = 6;  // as many as a number below 2^31 needs

std::string code_of_uid(std::string_view uid) { return code_of(number_of_guid(guid_of_uid(uid))); }

}  // namespace

std::string code_of(std::int32_t number) {
  std::string code(kCodeBytes, '0');
  for (std::size_t i = code.size(); i-- > 0; number /= 36) {
    code[i] = kDigits[static_cast<std::size_t>(number % 36)];
  }
  return code;
}

bool is_code(std::string_view text) {
  return text.size() == kCodeBytes && text.find_first_not_of(kDigits) == text.npos;
}

site::DocumentPtr session_of_code(const site::Site& site, std::string_view code) {
  site::DocumentPtr found;
  if (!is_code(code)) return found;
  site.schedule_history().sessions.for_each(
      [&](const std::string& path, const site::SessionRecordPtr& record) {
        bool is_it = std::any_of(record->slots.begin(), record->slots.end(), [&](const auto& slot) {
          return code_of_uid(slot.uid) == code;
        });
        if (is_it) found = site.find_document(path);
        return !found;
      });
  return found;
}

site::DocumentPtr speaker_of_code(const site::Site& site, std::string_view code) {
  site::DocumentPtr found;
  if (!is_code(code)) return found;
  site.list(kSpeakers).for_each([&](const site::ListKey&, const site::ItemPtr& item) {
    const auto& speaker = static_cast<const site::Document&>(*item);
    const liquid::Value* own = speaker.facts().fields->find("uid");
    std::string uid = own ? name_of(*own).value_or("") : "";
    if (uid.empty()) uid = uid_of_path(speaker.path());
    if (code_of_uid(uid) == code) found = site.find_document(speaker.path());
    return !found;
  });
  return found;
}

}  // namespace stet::schedule
