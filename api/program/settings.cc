#include "api/program/settings.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <sstream>
#include <string_view>

#include "api/hooks/signature.h"
#include "api/program/secret_file.h"
#include "storage/base/durable_file.h"

namespace stet::program {
namespace {

constexpr std::uint64_t kFileBytesMax = 1024 * 1024;

Status take_hook(const std::string& provider, const std::string& file, Settings& settings) {
  if (!hooks::is_provider(provider)) {
    return invalid_input("there is no hook '" + provider +
                         "'; there are github, gitea, forgejo, gitlab, bitbucket and generic");
  }
  settings.hook_secrets[provider] = TRY(read_secrets(file));
  return {};
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

Result<bool> choice_of(const std::string& value,
                       const std::string& key,
                       const std::string& yes,
                       const std::string& no) {
  if (value == yes || value == no) return value == yes;
  return invalid_input("'" + key + "' is " + yes + " or " + no + ", not '" + value + "'");
}

// "https://cms.example", without what may stand behind the host.
Result<std::string> read_origin(const std::string& value, const std::string& key) {
  std::string origin = value.ends_with('/') ? value.substr(0, value.size() - 1) : value;
  std::size_t host = origin.find("://");
  bool is_origin = (origin.starts_with("https://") || origin.starts_with("http://")) &&
                   origin.size() > host + 3 &&
                   origin.find_first_of("/?#@ \"\\<>", host + 3) == std::string::npos;
  if (is_origin) return origin;
  return invalid_input("'" + key + "' is the address of the admin origin, such as " +
                       "https://cms.example, and no more; not '" + value + "'");
}

Status take_remote(const std::string& key, const std::string& value, Settings::Remote& remote) {
  const std::map<std::string, std::string*> texts = {
      {"remote.url", &remote.url},
      {"remote.branch", &remote.branch},
      {"remote.ssh_key", &remote.ssh_key},
      {"remote.known_hosts", &remote.known_hosts},
      {"remote.credentials", &remote.credentials},
      {"remote.credential_helper", &remote.credential_helper},
  };
  if (auto it = texts.find(key); it != texts.end()) {
    *it->second = value;
  } else if (key == "remote.poll") {
    remote.poll_seconds = static_cast<std::int64_t>(TRY(number_of(value, key, {0, 86'400 * 7})));
  } else if (key == "remote.seconds") {
    remote.seconds_max = static_cast<std::int64_t>(TRY(number_of(value, key, {1, 86'400})));
  } else if (key == "remote.fetch_mib") {
    remote.fetch_mib_max = TRY(number_of(value, key, {1}));
  } else if (key == "remote.push") {
    remote.is_pushing = TRY(choice_of(value, key, "true", "false"));
  } else if (key == "remote.rewritten") {
    remote.is_following_rewrites = TRY(choice_of(value, key, "follow", "park"));
  } else {
    return invalid_input("there is no setting '" + key + "'");
  }
  return {};
}

Status take_git(const std::string& key, const std::string& value, Settings::Git& git) {
  if (key == "git.push_mib") {
    git.push_mib_max = TRY(number_of(value, key, {1, 64 * 1024}));
  } else if (key == "git.concurrent") {
    git.concurrent_max = static_cast<unsigned>(TRY(number_of(value, key, {1, 100})));
  } else if (key == "git.waiting") {
    git.waiting_max = static_cast<unsigned>(TRY(number_of(value, key, {0, 1000})));
  } else if (key == "git.waiting_seconds") {
    git.waiting_seconds_max = static_cast<unsigned>(TRY(number_of(value, key, {1, 600})));
  } else if (key == "git.seconds") {
    git.seconds_max = static_cast<std::int64_t>(TRY(number_of(value, key, {1, 86'400})));
  } else {
    return invalid_input("there is no setting '" + key + "'");
  }
  return {};
}

Status take_maintenance(const std::string& key, const std::string& value, RepackSettings& repack) {
  if (key == "maintenance.packs") {
    repack.packs = TRY(number_of(value, key, {0, 10'000}));
  } else if (key == "maintenance.packs_busy") {
    repack.packs_busy = TRY(number_of(value, key, {10, 10'000}));
  } else if (key == "maintenance.quiet_seconds") {
    repack.quiet_seconds = TRY(number_of(value, key, {0, 86'400}));
  } else if (key == "maintenance.whole_hours") {
    repack.whole_hours = TRY(number_of(value, key, {0, 10'000}));
  } else {
    return invalid_input("there is no setting '" + key + "'");
  }
  return {};
}

Status take_webhooks(const std::string& key,
                     const std::vector<std::string>& values,
                     Settings::Webhooks& webhooks) {
  std::string value = values.empty() ? "" : values.front();
  if (key == "webhooks.allowed_networks") {
    for (const std::string& text : values) {
      auto network = storage::Network::parse(text);
      if (!network) return std::move(network).error().within("'" + key + "'");
      webhooks.allowed_networks.push_back(*network);
    }
  } else if (key == "webhooks.disable_days") {
    webhooks.disable_days = static_cast<std::int64_t>(TRY(number_of(value, key, {1, 365})));
  } else if (key == "webhooks.log_days") {
    webhooks.log_days = static_cast<std::int64_t>(TRY(number_of(value, key, {1, 3650})));
  } else {
    return invalid_input("there is no setting '" + key + "'");
  }
  return {};
}

Status take_sessions(const std::string& key,
                     const std::string& value,
                     auth::SessionLimits& sessions) {
  constexpr std::uint64_t kMinutesMax = 60 * 24 * 365;
  if (key == "sessions.idle_minutes") {
    sessions.idle_seconds =
        static_cast<std::int64_t>(TRY(number_of(value, key, {1, kMinutesMax}))) * 60;
  } else if (key == "sessions.hours") {
    sessions.seconds_max =
        static_cast<std::int64_t>(TRY(number_of(value, key, {1, 24 * 365}))) * 3600;
  } else {
    return invalid_input("there is no setting '" + key + "'");
  }
  return {};
}

Status take_media(const std::string& key,
                  const std::vector<std::string>& values,
                  Settings::Media& media) {
  std::string value = values.empty() ? "" : values.front();
  constexpr NumberRange kMib{1, 4096};
  if (key == "media.file_mib") {
    media.limits.file_bytes_max = TRY(number_of(value, key, kMib)) << 20;
  } else if (key == "media.request_mib") {
    media.limits.request_bytes_max = TRY(number_of(value, key, kMib)) << 20;
  } else if (key == "media.variants_mib") {
    media.variants_mib_max = TRY(number_of(value, key));
  } else if (key == "media.types") {
    for (const std::string& name : values) {
      if (!image::find_type(name)) {
        std::string known;
        for (const image::FileType& type : image::file_types())
          known += " " + std::string(type.name);
        return invalid_input("'" + key + "' has no type '" + name + "'; there are" + known);
      }
    }
    media.limits.types = values;
  } else {
    return invalid_input("there is no setting '" + key + "'");
  }
  return {};
}

// "a.b" of [a.b].
std::string section_of(const CLI::ConfigItem& item) {
  std::string section;
  for (const std::string& parent : item.parents) section += (section.empty() ? "" : ".") + parent;
  return section;
}

Status take(const CLI::ConfigItem& item, Settings& settings) {
  if (item.name == "++" || item.name == "--") return {};  // CLI11's marks of sections
  std::string section = section_of(item);
  std::string key = section.empty() ? item.name : section + "." + item.name;
  std::string value = item.inputs.empty() ? "" : item.inputs.front();
  const std::map<std::string, std::string*> texts = {
      {"commits.name", &settings.commits.name},
      {"commits.email", &settings.commits.email},
  };
  if (auto it = texts.find(key); it != texts.end()) {
    *it->second = value;
  } else if (section == "hooks") {
    TRY(take_hook(item.name, value, settings));
  } else if (section == "remote") {
    TRY(take_remote(key, value, settings.remote));
  } else if (section == "oidc" || section.starts_with("oidc.")) {
    TRY(settings.oidc.take(
        section.substr(std::min<std::size_t>(section.size(), 5)), item.name, item.inputs));
  } else if (key == "http.trusted_proxies") {
    settings.trusted_proxies = item.inputs;
  } else if (key == "http.allowed_origins") {
    settings.allowed_origins = item.inputs;
  } else if (key == "http.admin_url") {
    settings.admin_url = TRY(read_origin(value, key));
  } else if (key == "themes.folders") {
    settings.theme_folders = item.inputs;
  } else if (key == "sass.command") {
    settings.sass_command = item.inputs;
  } else if (key == "memory.renditions_mib") {
    settings.renditions_mib_max = TRY(number_of(value, key));
  } else if (key == "memory.texts_mib") {
    settings.texts_mib_max = TRY(number_of(value, key));
  } else if (key == "audit.share") {
    settings.audit_share = TRY(read_share(value));
  } else if (key == "repository.any_owner") {
    settings.is_any_owner_trusted = value == "true";
  } else if (key == "search.enabled") {
    settings.is_searching = TRY(choice_of(value, key, "true", "false"));
  } else if (section == "push") {
    TRY(settings.push.set(item.name, value));
  } else if (section == "maintenance") {
    TRY(take_maintenance(key, value, settings.repack));
  } else if (section == "git") {
    TRY(take_git(key, value, settings.git));
  } else if (section == "sessions") {
    TRY(take_sessions(key, value, settings.sessions));
  } else if (section == "media") {
    TRY(take_media(key, item.inputs, settings.media));
  } else if (section == "webhooks") {
    TRY(take_webhooks(key, item.inputs, settings.webhooks));
  } else {
    return invalid_input("there is no setting '" + key + "'");
  }
  return {};
}

std::string_view trimmed(std::string_view text) {
  std::size_t begin = text.find_first_not_of(" \t\r\"'");
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t\r\"'") + 1 - begin);
}

// Without comments, and as many lines: CLI11 takes a section for a key where a comment follows it,
// and the quotes of a comment for those of the value.
std::string without_comments(std::string_view text) {
  std::string kept;
  char quote = 0;
  bool is_comment = false;
  for (char c : text) {
    if (c == '\n') {
      quote = 0;
      is_comment = false;
      while (kept.ends_with(' ') || kept.ends_with('\t') || kept.ends_with('\r')) kept.pop_back();
    }
    if (quote == 0 && c == '#') is_comment = true;
    if (is_comment) continue;
    if (quote == c) {
      quote = 0;
    } else if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
    }
    kept += c;
  }
  return kept;
}

// Where a key of a section stands, from 1; CLI11 does not tell. 0: nowhere.
std::size_t line_of(std::string_view text, const CLI::ConfigItem& item) {
  std::string section, wanted = section_of(item);
  for (std::size_t number = 1; !text.empty(); ++number) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    line = trimmed(line);
    if (line.starts_with('[')) section = trimmed(line.substr(1, line.find(']') - 1));
    if (section == wanted && trimmed(line.substr(0, line.find('='))) == item.name) return number;
  }
  return 0;
}

}  // namespace

Result<Settings> read_settings(const std::filesystem::path& file) {
  Settings settings;
  if (file.empty()) return settings;
  const std::string name = "settings '" + file.string();
  std::vector<CLI::ConfigItem> items;
  auto text = read_file(file, kFileBytesMax);
  if (!text) return std::move(text).error().within("settings");
  try {
    std::istringstream stream(without_comments(*text));
    items = CLI::ConfigTOML().from_config(stream);
  } catch (const std::exception& error) {
    return invalid_input(name + "': " + error.what());
  }
  for (const CLI::ConfigItem& item : items) {
    Status taken = take(item, settings);
    if (taken) continue;
    std::size_t line = line_of(*text, item);
    std::string place = line > 0 ? ":" + std::to_string(line) + "'" : "'";
    return std::move(taken).error().within(name + place);
  }
  if (Status good = settings.oidc.check(); !good) {
    return std::move(good).error().within(name + "'");
  }
  return settings;
}

}  // namespace stet::program
