#include "api/program/target_settings.h"

#include <algorithm>
#include <set>

#include "api/program/toml_text.h"
#include "storage/base/utf8.h"
#include "storage/remote/git_child.h"

namespace stet::program {
namespace {

constexpr std::size_t kNameBytesMax = 32, kTargetsMax = 32;

constexpr std::string_view kTypes[] = {"directory", "git", "s3", "rsync"};

// Which types a key is of, and how: "s3!" needs it, "s3" may have it. "": all may.
using Keys = std::vector<TargetKey>;

const TargetKey* find_key(std::string_view key) {
  const Keys& keys = TargetsSettings::keys();
  auto found = std::find_if(
      keys.begin(), keys.end(), [&](const TargetKey& known) { return known.key == key; });
  return found == keys.end() ? nullptr : &*found;
}

bool is_among(std::string_view types, const std::string& type) {
  return (" " + std::string(types) + " ").find(" " + type + " ") != std::string::npos;
}

bool is_needed(const TargetKey& key, const std::string& type) {
  return is_among(key.types, type + "!");
}

bool is_of(const TargetKey& key, const std::string& type) {
  return key.types.empty() || is_among(key.types, type) || is_needed(key, type);
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kNameBytesMax &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

Status check_target(const TargetSettings& target) {
  const std::string type = target.type();
  if (std::find(std::begin(kTypes), std::end(kTypes), type) == std::end(kTypes)) {
    return invalid_input("type is directory, git, s3 or rsync, not '" + printable(type, 40) + "'");
  }
  for (const auto& [name, values] : target.values) {
    const TargetKey* key = find_key(name);
    if (key && is_of(*key, type)) continue;
    return invalid_input("a target of type " + type + " has no setting '" + printable(name, 40) +
                         "'");
  }
  for (const TargetKey& key : TargetsSettings::keys()) {
    if (!is_needed(key, type) || !target.text(key.key).empty()) continue;
    return invalid_input("a target of type " + type + " needs '" + std::string(key.key) + "'");
  }
  return {};
}

// What may hold a secret is not shown.
std::string shown(std::string_view key, const std::vector<std::string>& values) {
  const bool is_list = find_key(key)->is_list;
  if (is_list) return toml(values);
  const std::string value = values.empty() ? "" : values.front();
  if (key == "credential_helper" && value.starts_with('!')) return toml("!...");
  if (key == "url" || key == "purge_url") return toml(storage::redacted(value));
  return toml(value);
}

// Two targets that write to one place would each delete what the other has.
std::string place_of(const TargetSettings& target) {
  std::string place = target.type();
  for (std::string_view key : {"folder", "to", "url", "branch", "endpoint", "bucket", "prefix"}) {
    place += "\n" + target.text(key);
  }
  return place;
}

}  // namespace

std::string TargetSettings::text(std::string_view key, std::string_view otherwise) const {
  auto found = values.find(key);
  if (found == values.end() || found->second.empty()) return std::string(otherwise);
  return found->second.front();
}

Status TargetsSettings::take(const std::string& target,
                             const std::string& key,
                             const std::vector<std::string>& values) {
  if (target.empty()) {
    return invalid_input("there is no setting 'targets." + printable(key, 40) +
                         "'; a target has a section of its own, such as [targets.pages]");
  }
  if (!is_name(target)) {
    return invalid_input(
        "a target is called by 1 to 32 of a-z, 0-9 and '-', as in [targets.pages]");
  }
  auto found = std::find_if(
      targets.begin(), targets.end(), [&](const auto& known) { return known.name == target; });
  if (found == targets.end()) {
    if (targets.size() == kTargetsMax) {
      return invalid_input("there are at most " + std::to_string(kTargetsMax) + " targets");
    }
    found = targets.insert(targets.end(), TargetSettings{.name = target, .values = {}});
  }
  const TargetKey* known = find_key(key);
  if (!known) {
    std::string all;
    for (const TargetKey& one : keys()) all.append(all.empty() ? "" : ", ").append(one.key);
    return invalid_input("there is no setting '" + printable(key, 40) +
                         "' of a target; [targets.NAME] has " + all);
  }
  if (values.size() != 1 && !known->is_list) {
    return invalid_input("'" + key + "' is one value, and no list");
  }
  found->values[key] = values;
  return {};
}

std::string TargetsSettings::show() const {
  std::string text;
  for (const TargetSettings& target : targets) {
    text += "\n[targets." + target.name + "]\n";
    for (const TargetKey& key : keys()) {
      auto found = target.values.find(key.key);
      if (found == target.values.end()) continue;
      text.append(key.key).append(" = " + shown(key.key, found->second) + "\n");
    }
  }
  return text;
}

std::string TargetsSettings::hidden() const {
  std::string text;
  for (const TargetSettings& target : targets) {
    for (const auto& [key, values] : target.values) text += key + toml(values);
  }
  return text;
}

const std::vector<TargetKey>& TargetsSettings::keys() {
  static const Keys keys = {
      {"type", "directory, git, s3 or rsync", "\"s3\""},
      {"folder", "a directory's: whose files a web server serves", "\"/srv/www\"", "directory!"},
      {"compressed", "files also as .gz and .br, for gzip_static", "true", "directory rsync"},
      {"url",
       "whose branch it is (else our own repository's)",
       "\"git@codeberg.org:us/pages\"",
       "git"},
      {"branch", "of pages", "\"gh-pages\"", "git"},
      {"endpoint", "of a bucket", "\"https://s3.eu-central-1.amazonaws.com\"", "s3!"},
      {"bucket", "its name", "\"our-pages\"", "s3!"},
      {"region", "of the bucket", "\"eu-central-1\"", "s3"},
      {"prefix", "before the names of all objects", "\"site\"", "s3"},
      {"path_style", "the bucket is named in the path, not by the host", "false", "s3"},
      {"cache_control", "of pages", "\"public, max-age=0, must-revalidate\"", "s3"},
      {"asset_cache_control", "of all other files", "\"public, max-age=3600\"", "s3"},
      {"concurrent", "requests at a time", "8", "s3"},
      {"file_mib", "the largest file", "512", "s3"},
      {"to", "of rsync: where", "\"www@host.example:/srv/www\"", "rsync!"},
      {"ssh_key", "file", "\"/etc/stet/pages-key\"", "git rsync"},
      {"known_hosts", "file", "\"/etc/stet/known_hosts\"", "git rsync"},
      {"credentials",
       "file: as [remote]'s; of a bucket a line with the key's id, one with the secret; or "
       "credential:NAME",
       "\"/etc/stet/s3\"",
       "git s3"},
      {"credential_helper",
       "in place of that file: as git's credential.helper",
       "\"store\"",
       "git"},
      {"seconds", "the longest request, push or run", "300", "git s3 rsync"},
      {"sign_key",
       "file of `stet target key`, which signs the mirror's manifest; or credential:NAME",
       "\"/etc/stet/mirror.key\""},
      {"purge_url",
       "of a CDN, called when pages have changed",
       "\"https://api.cdn.example/purge\""},
      {"purge_method", "of that call", "\"POST\""},
      {"purge_headers", "likewise", "[\"Content-Type: application/json\"]", "", true},
      {"purge_header_file",
       "file with a header a line that is secret; or credential:NAME",
       "\"/etc/stet/cdn\""},
      {"purge_body",
       "likewise; {urls} stands for all of a batch, {url}, {host}, {path} for one",
       "'{\"files\": [{urls}]}'"},
      {"purge_batch", "of one call", "30"},
  };
  return keys;
}

Status TargetsSettings::check() const {
  std::set<std::string> places;
  for (const TargetSettings& target : targets) {
    Status good = check_target(target);
    if (good && !places.insert(place_of(target)).second) {
      good = invalid_input("another target writes to the same place");
    }
    if (!good) return std::move(good).error().within("[targets." + target.name + "]");
  }
  return {};
}

}  // namespace stet::program
