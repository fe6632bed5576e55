#include "cms/schedule/codes.h"

#include <memory>
#include <unordered_map>

#include "cms/schedule/event.h"
#include "cms/schedule/schedule_view.h"
#include "cms/schedule/uid.h"
#include "cms/site/column.h"

namespace stet::schedule {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::size_t kCodeBytes = 6;  // as many as a number below 2^31 needs

std::string code_of_uid(std::string_view uid) { return code_of(number_of_guid(guid_of_uid(uid))); }

// Paths by code: of two that have the same, the first.
using Paths = std::unordered_map<std::string, std::string>;
struct CodeIndex {
  Paths sessions, speakers;
};

std::shared_ptr<const CodeIndex> index_of(const site::Site& site) {
  return site.columns().kept<CodeIndex>("schedule codes", [&] {
    auto index = std::make_shared<CodeIndex>();
    site.schedule_history().sessions.for_each(
        [&](const std::string& path, const site::SessionRecordPtr& record) {
          if (!site.find_document(path)) return;
          for (const site::SlotRecord& slot : record->slots) {
            index->sessions.emplace(code_of_uid(slot.uid), path);
          }
        });
    site.list(kSpeakers).for_each([&](const site::ListKey&, const site::ItemPtr& item) {
      const auto& speaker = static_cast<const site::Document&>(*item);
      const liquid::Value* own = speaker.facts().fields->find("uid");
      std::string uid = own ? name_of(*own).value_or("") : "";
      if (uid.empty()) uid = uid_of_path(speaker.path());
      index->speakers.emplace(code_of_uid(uid), speaker.path());
    });
    return index;
  });
}

site::DocumentPtr found_in(const Paths& paths, std::string_view code, const site::Site& site) {
  auto found = paths.find(std::string(code));
  return found == paths.end() ? site::DocumentPtr() : site.find_document(found->second);
}

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
  return is_code(code) ? found_in(index_of(site)->sessions, code, site) : site::DocumentPtr();
}

site::DocumentPtr speaker_of_code(const site::Site& site, std::string_view code) {
  return is_code(code) ? found_in(index_of(site)->speakers, code, site) : site::DocumentPtr();
}

}  // namespace stet::schedule
