#include "api/program/target_parts.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "api/program/secret_file.h"
#include "api/targets/directory.h"
#include "api/targets/git_branch.h"
#include "api/targets/rsync_folder.h"
#include "api/targets/s3_bucket.h"
#include "storage/base/durable_file.h"
#include "storage/remote/git_child.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kKeyBytesMax = 4096;
constexpr std::int64_t kLookSeconds = 60;  // nobody tells of an older publication that is held

std::string agent() { return std::string("stet/") + STET_VERSION; }

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

Result<std::uint64_t> number_of(const TargetSettings& settings,
                                const std::string& key,
                                std::uint64_t otherwise,
                                std::uint64_t most) {
  const std::string text = settings.text(key, std::to_string(otherwise));
  std::uint64_t number = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure == std::errc() && end == text.data() + text.size() && number >= 1 && number <= most) {
    return number;
  }
  return invalid_input(key + " is a number from 1 to " + std::to_string(most));
}

Result<bool> choice_of(const TargetSettings& settings, const std::string& key, bool otherwise) {
  const std::string text = settings.text(key, otherwise ? "true" : "false");
  if (text == "true" || text == "false") return text == "true";
  return invalid_input(key + " is true or false, not '" + text + "'");
}

Result<targets::TargetPtr> make_directory(const TargetSettings& settings,
                                          const TargetWorld& world) {
  const fs::path folder = settings.text("folder");
  if (!folder.is_absolute()) return invalid_input("folder is a whole path, such as /srv/www");
  targets::DirectorySettings options;
  options.folder = folder;
  options.is_compressing = TRY(choice_of(settings, "compressed", true));
  return targets::TargetPtr(
      TRY(targets::Directory::open(std::move(options), world.store, world.variants)));
}

Result<targets::TargetPtr> make_git(const TargetSettings& settings, const TargetWorld& world) {
  targets::GitBranchSettings options;
  options.branch = settings.text("branch", options.branch);
  options.url = settings.text("url");
  if (options.url.empty() && options.branch == world.branch) {
    return invalid_input("the branch '" + options.branch + "' is the one that is served");
  }
  options.repository =
      options.url.empty() ? world.repository : world.state / "targets" / (settings.name + ".git");
  options.ssh_key = settings.text("ssh_key");
  options.known_hosts = settings.text("known_hosts");
  options.credentials = TRY(secret_path(settings.text("credentials")));
  options.credential_helper = settings.text("credential_helper");
  options.seconds_max = static_cast<std::int64_t>(TRY(number_of(settings, "seconds", 300, 86'400)));
  options.name = world.name;
  options.email = world.email;
  return targets::TargetPtr(TRY(targets::GitBranch::open(std::move(options), world.clock)));
}

Result<targets::S3Credentials> credentials_of(const TargetSettings& settings) {
  const std::string named = settings.text("credentials");
  if (named.empty()) {
    return targets::S3Credentials{environment("AWS_ACCESS_KEY_ID"),
                                  environment("AWS_SECRET_ACCESS_KEY"),
                                  environment("AWS_SESSION_TOKEN")};
  }
  const fs::path file = TRY(secret_path(named));
  TRY(storage::check_secret_file(file, "credentials", systemd_credentials()));
  const auto lines = TRY(read_secrets(file));
  if (lines.size() < 2) {
    return invalid_input("credentials: '" + file.string() +
                         "' has the key's id in its first line and the secret in its second");
  }
  return targets::S3Credentials{lines[0], lines[1], lines.size() > 2 ? lines[2] : ""};
}

Result<targets::TargetPtr> make_s3(const TargetSettings& settings,
                                   const TargetWorld& world,
                                   const storage::AddressFilter& filter) {
  targets::S3Settings options;
  options.endpoint = settings.text("endpoint");
  options.region = settings.text("region", options.region);
  options.bucket = settings.text("bucket");
  options.prefix = settings.text("prefix");
  options.is_path_style = TRY(choice_of(settings, "path_style", false));
  options.credentials = TRY(credentials_of(settings));
  options.page_cache = settings.text("cache_control", options.page_cache);
  options.asset_cache = settings.text("asset_cache_control", options.asset_cache);
  options.concurrent_max = static_cast<unsigned>(TRY(number_of(settings, "concurrent", 8, 64)));
  options.seconds_max = static_cast<std::int64_t>(TRY(number_of(settings, "seconds", 120, 86'400)));
  options.file_bytes_max = TRY(number_of(settings, "file_mib", 512, 5 * 1024)) << 20;
  return targets::TargetPtr(
      TRY(targets::S3Bucket::open(std::move(options), filter, agent(), world.clock)));
}

Result<targets::TargetPtr> make_rsync(const TargetSettings& settings, const TargetWorld& world) {
  targets::RsyncSettings options;
  options.to = settings.text("to");
  options.folder = world.state / "targets" / settings.name;
  options.ssh_key = settings.text("ssh_key");
  options.known_hosts = settings.text("known_hosts");
  options.is_compressing = TRY(choice_of(settings, "compressed", true));
  options.seconds_max =
      static_cast<std::int64_t>(TRY(number_of(settings, "seconds", 3600, 86'400)));
  return targets::TargetPtr(
      TRY(targets::RsyncFolder::open(std::move(options), world.store, world.variants)));
}

Status add_header(const std::string& line, targets::PurgeSettings& purge) {
  const std::size_t colon = line.find(": ");
  if (colon == std::string::npos) {
    return invalid_input("purge_headers are lines such as \"Content-Type: application/json\"");
  }
  purge.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  return {};
}

Result<std::unique_ptr<targets::Purger>> make_purger(const TargetSettings& settings,
                                                     const storage::AddressFilter& filter) {
  targets::PurgeSettings purge;
  purge.url = settings.text("purge_url");
  if (purge.url.empty()) return std::unique_ptr<targets::Purger>();
  purge.method = settings.text("purge_method", purge.method);
  purge.body = settings.text("purge_body");
  purge.batch = static_cast<std::int64_t>(
      TRY(number_of(settings, "purge_batch", 1, targets::Purger::kBatchMax)));
  if (auto found = settings.values.find("purge_headers"); found != settings.values.end()) {
    for (const std::string& line : found->second) TRY(add_header(line, purge));
  }
  if (const std::string named = settings.text("purge_header_file"); !named.empty()) {
    const fs::path file = TRY(secret_path(named));
    TRY(storage::check_secret_file(file, "purge_header_file", systemd_credentials()));
    for (const std::string& line : TRY(read_secrets(file))) TRY(add_header(line, purge));
  }
  return targets::Purger::open(std::move(purge), filter, agent());
}

Result<std::unique_ptr<targets::Sealer>> make_sealer(const TargetSettings& settings,
                                                     const TargetWorld& world) {
  const std::string named = settings.text("sign_key");
  if (named.empty()) return std::unique_ptr<targets::Sealer>();
  const fs::path file = TRY(secret_path(named));
  TRY(storage::check_secret_file(file, "sign_key", systemd_credentials()));
  auto key = MinisignSecretKey::parse(TRY(read_file(file, kKeyBytesMax)));
  if (!key) return std::move(key).error().within("sign_key '" + file.string() + "'");
  return std::make_unique<targets::Sealer>(*std::move(key), world.known, world.store);
}

Result<TargetPart> make_part(const TargetSettings& settings,
                             const TargetsSettings& all,
                             const TargetWorld& world) {
  const storage::AddressFilter filter(all.allowed_networks);
  TargetPart part{.name = settings.name,
                  .kind = settings.type(),
                  .target = nullptr,
                  .purger = TRY(make_purger(settings, filter)),
                  .sealer = TRY(make_sealer(settings, world))};
  if (part.kind == "directory") {
    part.target = TRY(make_directory(settings, world));
  } else if (part.kind == "git") {
    part.target = TRY(make_git(settings, world));
  } else if (part.kind == "s3") {
    part.target = TRY(make_s3(settings, world, filter));
  } else {
    part.target = TRY(make_rsync(settings, world));
  }
  return part;
}

}  // namespace

Result<TargetPart> make_target(const TargetSettings& settings,
                               const TargetsSettings& all,
                               const TargetWorld& world) {
  auto part = make_part(settings, all, world);
  if (part) return part;
  return std::move(part).error().within("settings: [targets." + settings.name + "]");
}

Result<std::unique_ptr<storage::TargetState>> open_target_state(const fs::path& state) {
  const fs::path file = state / "targets.sqlite";
  auto opened = storage::TargetState::open(file);
  if (opened || opened.error().code != ErrorCode::kInternal) return opened;
  return internal("'" + file.string() +
                  "' is damaged: delete it, and all files are written to "
                  "the targets again");
}

Result<std::unique_ptr<TargetParts>> TargetParts::make(const TargetsSettings& settings,
                                                       std::unique_ptr<storage::TargetState> known,
                                                       const TargetWorld& world) {
  std::unique_ptr<TargetParts> parts(new TargetParts(std::move(known), world));
  for (const TargetSettings& target : settings.targets) {
    parts->parts_.push_back(TRY(make_target(target, settings, world)));
  }
  std::sort(parts->parts_.begin(), parts->parts_.end(), [](const auto& a, const auto& b) {
    return a.name < b.name;
  });
  return parts;
}

void TargetParts::start(const Site& site) {
  for (TargetPart& part : parts_) {
    targets::TargetFollower::Parts parts{
        .name = part.name,
        .kind = part.kind,
        .target = *part.target,
        .state = *known_,
        .store = world_.store,
        .clock = world_.clock,
        .random = world_.random,
        .live = [publisher = &site.publisher] { return publisher->live(); },
        .mend = site.mend,
        .purger = part.purger.get(),
        .note = site.note};
    if (part.sealer) {
      parts.seal = [sealer = part.sealer.get()](auto& live, auto& expected, auto& bytes_of) {
        return sealer->seal(live, expected, bytes_of);
      };
    }
    remote::RetryTimes times;
    times.poll = kLookSeconds * remote::RetryTimes::kSecond;
    followers_.push_back(std::make_unique<targets::TargetFollower>(std::move(parts), times));
  }
}

bool TargetParts::run_now(std::string_view name) {
  bool is_known = false;
  for (std::size_t i = 0; i < followers_.size(); ++i) {
    if (parts_[i].name != name) continue;
    followers_[i]->run_now();
    is_known = true;
  }
  return is_known;
}

void TargetParts::wake() {
  for (auto& follower : followers_) follower->wake();
}

void TargetParts::stop() {
  for (auto& follower : followers_) follower->stop();
}

std::vector<targets::TargetReport> TargetParts::reports() const {
  std::vector<targets::TargetReport> reports;
  for (const auto& follower : followers_) reports.push_back(follower->report());
  return reports;
}

}  // namespace stet::program
