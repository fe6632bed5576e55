#include "storage/git/settings.h"

#include "storage/git/objects.h"

namespace stet::storage {
namespace {

using ConfigHandle = Handle<git_config, git_config_free>;

Result<ConfigHandle> open_config(const HandlePool::Lease& lease) {
  auto all =
      TRY(make<ConfigHandle>("open configuration", git_repository_config, lease.repository()));
  return make<ConfigHandle>(
      "open configuration", git_config_open_level, all.get(), GIT_CONFIG_LEVEL_LOCAL);
}

struct Search {
  const std::string& value;
  bool is_found = false, is_set = false;
};

int look_at(const git_config_entry* entry, void* payload) {
  auto* search = static_cast<Search*>(payload);
  search->is_set = true;
  if (entry->value && search->value == entry->value) search->is_found = true;
  return 0;
}

Result<Search> look_for(git_config* config, const std::string& name, const std::string& value) {
  Search search{value};
  Status looked = call("read configuration",
                       git_config_get_multivar_foreach,
                       config,
                       name.c_str(),
                       nullptr,
                       &look_at,
                       &search);
  if (!looked && looked.error().code != ErrorCode::kNotFound) return std::move(looked).error();
  return search;
}

// A pattern that no value has: nothing is replaced.
Status append(git_config* config, const std::string& name, const std::string& value) {
  return call(
      "write configuration", git_config_set_multivar, config, name.c_str(), "^$", value.c_str());
}

}  // namespace

Result<bool> has_setting(const Repository& repository,
                         const std::string& name,
                         const std::string& value) {
  auto lease = TRY(repository.objects().lease());
  auto config = TRY(open_config(lease));
  return TRY(look_for(config.get(), name, value)).is_found;
}

Status add_setting(const Repository& repository,
                   const std::string& name,
                   const std::string& value) {
  auto lease = TRY(repository.objects().lease());
  auto config = TRY(open_config(lease));
  if (TRY(look_for(config.get(), name, value)).is_found) return {};
  return append(config.get(), name, value);
}

Status set_default(const Repository& repository,
                   const std::string& name,
                   const std::string& value) {
  auto lease = TRY(repository.objects().lease());
  auto config = TRY(open_config(lease));
  if (TRY(look_for(config.get(), name, value)).is_set) return {};
  return append(config.get(), name, value);
}

}  // namespace stet::storage
