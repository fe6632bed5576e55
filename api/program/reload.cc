#include "api/program/reload.h"

#include "api/program/activation.h"
#include "api/program/log.h"
#include "api/program/serving.h"
#include "api/program/settings_text.h"

namespace stet::program {
namespace {

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

// Of the table what says that it is reloadable, and no more.
void take_over(Settings read, Settings& settings) {
  settings.push = read.push;
  settings.hook_files = std::move(read.hook_files);
  settings.hook_secrets = std::move(read.hook_secrets);
  settings.repack = read.repack;
  settings.audit_share = read.audit_share;
  settings.allowed_origins = std::move(read.allowed_origins);
  settings.limits.per_minute = read.limits.per_minute;
  settings.limits.repository_mib = read.limits.repository_mib;
}

void apply(Serving& serving) {
  const Settings& settings = serving.settings;
  Status written = write_hooks(serving);
  if (!written) log_error("settings: [push]: " + written.error().message);
  serving.hooks->set_secrets(settings.hook_secrets);
  serving.repacker->follow(settings.repack);
  serving.admin_site->set_allowed_origins(settings.allowed_origins);
  serving.limiter->set(settings.limits.per_minute);
  serving.upkeep.pack_bytes_max = settings.limits.repository_mib << 20;
  start_auditor(serving);
}

}  // namespace

void reload(const std::filesystem::path& file, Serving& serving) {
  tell_manager("RELOADING=1");
  auto read = read_settings(file);
  if (read) {
    if (!serving.leader.empty()) read->follow.url = serving.leader;
    const SettingsDiff diff = compare_settings(serving.settings, *read);
    take_over(*read, serving.settings);
    apply(serving);
    assert(compare_settings(serving.settings, *read).reloadable.empty());
    log_note("settings were read again: " +
             (diff.reloadable.empty() ? "nothing of them that can be reloaded has changed"
                                      : listed(diff.reloadable) + " changed"));
    if (!diff.others.empty()) {
      log_error("settings that wait for a restart: " + listed(diff.others));
    }
  } else {
    log_error(read.error().message + "; all settings stay as they were");
  }
  tell_manager("READY=1");
}

}  // namespace stet::program
