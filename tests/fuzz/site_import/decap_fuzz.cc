// A configuration of Decap or Sveltia: whatever the bytes, a plan whose fields the site can have,
// or a refusal; and a plan made twice changes nothing the second time.

#include <cstdint>
#include <cstdlib>
#include <map>
#include <string_view>

#include "cms/document/yaml.h"
#include "cms/schema/parse.h"
#include "cms/site_import/decap_plan.h"
#include "storage/snapshot/memory_snapshot.h"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace stet;
  using namespace stet::site_import;
  std::string_view text(reinterpret_cast<const char*>(bytes), size);
  std::map<RepoPath, std::string> files;
  auto plan = plan_decap(text, "c.yml", *storage::make_memory_snapshot(files));
  if (!plan) {
    must(!plan.error().message.empty());
    return 0;
  }
  for (const auto& file : plan->files) files.emplace(file.path, file.after);
  for (const auto& [path, after] : files) {
    Problems problems;
    auto config = document::parse_yaml(after, path.view(), problems);
    must(problems.empty());
    const document::Data* stet = config.find("stet");
    const document::Data* collections = stet ? stet->find("collections") : nullptr;
    must(!collections || schema::parse_schemas(*collections).faults.empty());
  }
  auto again = plan_decap(text, "c.yml", *storage::make_memory_snapshot(files));
  must(again.has_value());
  must(again->files.empty());
  return 0;
}
