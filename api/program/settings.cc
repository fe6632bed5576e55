#include "api/program/settings.h"

#include <algorithm>

#include "api/program/secret_file.h"
#include "api/program/setting_table.h"
#include "api/program/settings_lines.h"
#include "storage/base/durable_file.h"

namespace stet::program {
namespace {

constexpr std::uint64_t kFileBytesMax = 1024 * 1024;
constexpr std::string_view kOidc = "oidc", kTargets = "targets";

struct Taken {
  Settings settings;
  std::vector<SettingFault> faults;  // by line
};

// Of [section] or [section.NAME].
bool is_of(const SettingLine& line, std::string_view section) {
  return line.section == section || line.section.starts_with(std::string(section) + ".");
}

// NAME of [section.NAME]; "": of [section].
std::string name_in(const SettingLine& line, std::string_view section) {
  return line.section.substr(std::min(line.section.size(), section.size() + 1));
}

Status take(const SettingLine& line, Settings& settings) {
  const Setting* setting = find_setting(line.name());
  if (setting) {
    if (line.is_list && !setting->kind.is_list) {
      return invalid_input("'" + line.name() + "' is one value, and no list");
    }
    return setting->kind.take(line.name(), line.values, settings);
  }
  if (is_of(line, kTargets)) {
    return settings.targets.take(name_in(line, kTargets), line.key, line.values);
  }
  if (!is_of(line, kOidc)) return no_setting(line.section, line.key);
  return settings.oidc.take(name_in(line, kOidc), line.key, line.values);
}

// Of those that the file names, the secrets.
Status read_secret(const SettingLine& line, Secrets how, Settings& settings) {
  if (how == Secrets::kNamed || line.values.empty() || line.values.front().empty()) return {};
  const std::string& file = line.values.front();
  if (how == Secrets::kReachable && is_credential(file)) return {};
  if (line.section == "hooks") {
    settings.hook_secrets[line.key] = TRY(read_secrets(file));
  } else if (is_of(line, kOidc) && line.key == OidcSettings::kSecretFile) {
    settings.oidc.provider_of(name_in(line, kOidc)).client_secret = TRY(read_secrets(file)).front();
  }
  return {};
}

Taken take_all(std::string_view text, Secrets secrets) {
  Taken taken;
  SettingLines read = parse_settings(text);
  taken.faults = std::move(read.faults);
  for (const SettingLine& line : read.lines) {
    Status good = take(line, taken.settings);
    if (good) good = read_secret(line, secrets, taken.settings);
    if (!good) taken.faults.push_back({line.line, good.error().message});
  }
  if (taken.faults.empty()) {
    for (const Status& good : {taken.settings.oidc.check(), taken.settings.targets.check()}) {
      if (!good) taken.faults.push_back({0, good.error().message});
    }
  }
  std::stable_sort(taken.faults.begin(), taken.faults.end(), [](const auto& a, const auto& b) {
    return a.line < b.line;
  });
  return taken;
}

std::string place_of(const SettingFault& fault, const std::filesystem::path& file) {
  return file.string() + (fault.line > 0 ? ":" + std::to_string(fault.line) : "");
}

}  // namespace

Result<Settings> read_settings(const std::filesystem::path& file, Secrets secrets) {
  if (file.empty()) return Settings();
  auto text = read_file(file, kFileBytesMax);
  if (!text) return std::move(text).error().within("settings");
  Taken taken = take_all(*text, secrets);
  if (taken.faults.empty()) return std::move(taken.settings);
  const SettingFault& first = taken.faults.front();
  const std::size_t more = taken.faults.size() - 1;
  return invalid_input(
      "settings '" + place_of(first, file) + "': " + first.message +
      (more == 0 ? "" : " (and " + std::to_string(more) + " more; `stet config check` shows all)"));
}

Result<std::vector<std::string>> check_settings(const std::filesystem::path& file) {
  const std::string text = TRY(read_file(file, kFileBytesMax));
  std::vector<std::string> complaints;
  for (const SettingFault& fault : take_all(text, Secrets::kReachable).faults) {
    complaints.push_back(place_of(fault, file) + ": " + fault.message);
  }
  return complaints;
}

}  // namespace stet::program
