// An export of WordPress: whatever the bytes, a plan or a refusal; and a plan made twice changes
// nothing the second time.

#include <cstdint>
#include <cstdlib>
#include <map>
#include <string_view>

#include "cms/site_import/wxr_plan.h"
#include "storage/base/utf8.h"
#include "storage/snapshot/memory_snapshot.h"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace stet;
  using namespace stet::site_import;
  auto read = read_wxr(std::string_view(reinterpret_cast<const char*>(bytes), size));
  if (!read) {
    must(!read.error().message.empty());
    return 0;
  }
  WxrTarget target;
  std::map<RepoPath, std::string> files;
  target.there = storage::make_memory_snapshot(files);
  for (const Upload& upload : uploads_of(*read).list) target.media[upload.address] = "m/x.jpg";
  auto plan = plan_wxr(*read, target);
  if (!plan) return 0;
  must(plan->findings.size() <= 100'000);
  for (const auto& file : plan->files) {
    must(!file.before && is_utf8(file.after));
    must(files.emplace(file.path, file.after).second);
  }
  target.there = storage::make_memory_snapshot(files);
  auto again = plan_wxr(*read, target);
  must(again.has_value());
  must(again->files.empty());
  return 0;
}
