#include "storage/git/quarantine.h"

#include "storage/git/objects.h"

namespace stet::storage {

Status add_quarantine(const Repository& repository,
                      const std::vector<std::filesystem::path>& folders) {
  std::error_code failure;
  for (const std::filesystem::path& folder : folders) {
    if (std::filesystem::is_directory(folder, failure)) continue;
    return not_found("there is no folder of objects '" + folder.string() + "'");
  }
  repository.objects().add_objects(folders);
  return {};
}

}  // namespace stet::storage
