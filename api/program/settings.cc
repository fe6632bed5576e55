#include "api/program/settings.h"

#include <CLI/CLI.hpp>
#include <charconv>

#include "storage/base/durable_file.h"

namespace stet::program {
namespace {

constexpr std::uint64_t kSecretBytesMax = 64 * 1024;

// The lines of a secret's file; the file itself is named in the settings, never the secret.
Result<std::vector<std::string>> read_secrets(const std::string& file) {
  std::string text = TRY(read_file(file, kSecretBytesMax));
  std::vector<std::string> secrets;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) secrets.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return secrets;
}

struct NumberRange {
  std::uint64_t least = 0, most = std::uint64_t{1} << 20;
};

Result<std::uint64_t> number_of(const std::string& value,
                                const std::string& key,
                                NumberRange range = {}) {
  std::uint64_t number = 0;
  auto [end, failure] = std::from_chars(value.data(), value.data() + value.size(), number);
  bool is_number = failure == std::errc() && end == value.data() + value.size();
  if (!is_number || number < range.least || number > range.most) {
    return invalid_input("'" + key + "' is a number from " + std::to_string(range.least) + " to " +
                         std::to_string(range.most));
  }
  return number;
}

Result<double> read_share(const std::string& text) {
  double share = -1;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), share);
  bool is_number = error == std::errc() && end == text.data() + text.size();
  if (is_number && share >= 0 && share <= 1) return share;
  return invalid_input("audit.share is a number from 0 to 1, such as 0.01, not '" + text + "'");
}

Status take_git(const std::string& key, const std::string& value, Settings::Git& git) {
  if (key == "git.push_mib") {
    git.push_mib_max = TRY(number_of(value, key, {1, 64 * 1024}));
  } else if (key == "git.concurrent") {
    git.concurrent_max = static_cast<unsigned>(TRY(number_of(value, key, {1, 100})));
  } else if (key == "git.seconds") {
    git.seconds_max = static_cast<std::int64_t>(TRY(number_of(value, key, {1, 86'400})));
  } else {
    return invalid_input("there is no setting '" + key + "'");
  }
  return {};
}

Status take(const CLI::ConfigItem& item, Settings& settings) {
  std::string section = item.parents.empty() ? "" : item.parents.back();
  std::string key = section.empty() ? item.name : section + "." + item.name;
  std::string value = item.inputs.empty() ? "" : item.inputs.front();
  const std::map<std::string, std::string*> texts = {
      {"commits.name", &settings.commits.name},
      {"commits.email", &settings.commits.email},
      {"remote.url", &settings.remote.url},
      {"remote.branch", &settings.remote.branch},
      {"remote.ssh_key", &settings.remote.ssh_key},
      {"remote.known_hosts", &settings.remote.known_hosts},
  };
  if (auto it = texts.find(key); it != texts.end()) {
    *it->second = value;
  } else if (section == "hooks") {
    settings.hook_secrets[item.name] = TRY(read_secrets(value));
  } else if (key == "http.trusted_proxies") {
    settings.trusted_proxies = item.inputs;
  } else if (key == "http.allowed_origins") {
    settings.allowed_origins = item.inputs;
  } else if (key == "themes.folders") {
    settings.theme_folders = item.inputs;
  } else if (key == "sass.command") {
    settings.sass_command = item.inputs;
  } else if (key == "memory.renditions_mib") {
    settings.renditions_mib_max = TRY(number_of(value, key));
  } else if (key == "audit.share") {
    settings.audit_share = TRY(read_share(value));
  } else if (key == "repository.any_owner") {
    settings.is_any_owner_trusted = value == "true";
  } else if (item.name == "++" || item.name == "--") {  // CLI11's marks of sections
    return {};
  } else if (section == "push") {
    TRY(settings.push.set(item.name, value));
  } else if (section == "git") {
    TRY(take_git(key, value, settings.git));
  } else {
    return invalid_input("there is no setting '" + key + "'");
  }
  return {};
}

}  // namespace

Result<Settings> read_settings(const std::filesystem::path& file) {
  Settings settings;
  if (file.empty()) return settings;
  std::vector<CLI::ConfigItem> items;
  try {
    items = CLI::ConfigTOML().from_file(file.string());
  } catch (const std::exception& error) {
    return invalid_input("settings '" + file.string() + "': " + error.what());
  }
  for (const CLI::ConfigItem& item : items) {
    Status taken = take(item, settings);
    if (!taken) return std::move(taken).error().within("settings '" + file.string() + "'");
  }
  return settings;
}

}  // namespace stet::program
