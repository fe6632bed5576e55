// What a Micropub client sends, read as a form and as JSON: a post, a change of one, or a fault
// that says what is wrong. A post can be written as a file or is refused as the client's mistake,
// and is shown as properties again.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "api/http/url.h"
#include "api/micropub/post.h"
#include "api/routes/json.h"
#include "cms/document/edit.h"

namespace {

using namespace stet;

void check_fault(const micropub::Fault& fault) {
  if (fault.description.empty() || fault.status < 400 || fault.status >= 500) std::abort();
}

void check_post(const micropub::Post& post) {
  if (!post.front_matter.find("title")) std::abort();
  auto written = document::write_document(post.front_matter, post.body);
  if (!written && written.error().code != ErrorCode::kInvalidInput) std::abort();
  if (!micropub::properties_of(post, {}).find("content")) std::abort();
}

void check(const std::variant<micropub::Command, micropub::Fault>& read) {
  if (const auto* fault = std::get_if<micropub::Fault>(&read)) return check_fault(*fault);
  const auto& command = std::get<micropub::Command>(read);
  if (command.action == micropub::Action::kCreate) {
    auto made = micropub::post_of(command, Time{1717243200, 0, 7200, false});
    if (const auto* fault = std::get_if<micropub::Fault>(&made)) return check_fault(*fault);
    return check_post(std::get<micropub::Post>(made));
  }
  micropub::Post there;
  there.front_matter.map()->set("tags", document::Data::List{"one", "two"});
  auto changed = micropub::change_of(command, there);
  if (const auto* fault = std::get_if<micropub::Fault>(&changed)) check_fault(*fault);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  if (auto form = http::parse_query(text)) check(micropub::read_form(*form));
  auto json = api::parse_json(text);
  if (const auto* value = std::get_if<document::Data>(&json)) check(micropub::read_json(*value));
  return 0;
}
