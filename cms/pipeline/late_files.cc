// Files that Git LFS keeps, and whose objects come after the commit that names them.

#include "cms/pipeline/pipeline.h"
#include "cms/site/static_file.h"

namespace stet::pipeline {
namespace {

bool has_come(const storage::LargeFiles& files, const site::Site& site, const std::string& path) {
  const site::Output* output = site.find_output(path);
  if (!output || !output->is_static) return false;
  auto bytes = site.read(static_cast<const site::StaticFile&>(*output->item));
  auto pointer = bytes ? storage::parse_lfs_pointer(*bytes) : std::nullopt;
  return pointer && files.has(*pointer);
}

}  // namespace

Result<std::size_t> Pipeline::take_late_files() {
  const site::SitePtr site = this->site();
  if (!options_.files || !site) return std::size_t{0};
  std::vector<std::string> paths = page_problems_.pages();
  std::erase_if(paths,
                [&](const std::string& path) { return !has_come(*options_.files, *site, path); });
  if (paths.empty()) return std::size_t{0};
  std::lock_guard lock(mutex_);
  TRY(settle());
  std::erase_if(paths, [&](const std::string& path) { return !site_->find_output(path); });
  Rendered rendered = TRY(render(paths));
  if (!rendered.changes.empty()) TRY(fill_in(rendered.changes));
  return rendered.changes.size();
}

}  // namespace stet::pipeline
